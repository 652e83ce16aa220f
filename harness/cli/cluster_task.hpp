#pragma once

#include <filesystem>
#include <string>

#include "harness/cli/matrix_runs.hpp"
#include "harness/executor/slurm_settings.hpp"
#include "harness/executor/submission.hpp"

namespace rnnbench {

/// What an experiment file, the command line and the user's profile ask Slurm for. Throws ConfigError.
SlurmSettings slurm_settings_of(const MatrixOptions& options, const std::filesystem::path& config);

/// How many tasks so many runs are. Throws ConfigError where they are too many.
int tasks_of(std::size_t runs, const SlurmSettings& settings);

/// The script of the tasks of a submission, or of one that isn't made yet, in `folder`: each calls this
/// program with what it was called with, from the same folder, RNNBENCH_… of its environment included.
std::string task_script(const RunningOptions& options, const std::filesystem::path& config,
                        const std::string& experiment, const std::filesystem::path& folder, int tasks,
                        const SlurmSettings& settings);

}  // namespace rnnbench
