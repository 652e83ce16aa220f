#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/cli/matrix_runs.hpp"

namespace rnnbench {

/// As run_matrices(), by job arrays of Slurm: what is left of each matrix is handed over in tasks of some
/// runs, whose shards are merged as they become whole; see docs/clusters.md. What was handed over before is
/// waited for first. Asked to stop, it leaves the tasks at work, and the same call waits for them again.
/// Throws also as refuse_options_of_runs_here().
void run_matrices_on_slurm(const RunningOptions& options, std::vector<Matrix>& matrices,
                           const std::stop_token& stop,
                           const std::function<void(const Matrix&, const MatrixOutcome&)>& on_done);

/// Throws ConfigError for options that only runs here have.
void refuse_options_of_runs_here(const RunningOptions& options);

/// The script that sbatch would get for what is left of a matrix, or that nothing is.
std::string planned_script(const RunningOptions& options, const std::filesystem::path& config,
                           const Matrix& matrix);

}  // namespace rnnbench
