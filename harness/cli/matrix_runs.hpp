#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/cli/options.hpp"
#include "harness/runner/run_matrix.hpp"

namespace rnnbench {

/// How runs are done: what `run` and `reproduce` are asked alike.
struct RunningOptions {
  MatrixOptions matrix;
  DatabaseOption db;
  TimeOption time;
  bool rerun = false;
  int workers = 1;
  bool pinned = true;
  int retries = 0;
  std::string time_limit;
  std::string memory_limit;
  bool json = false;  ///< events on stdout instead of progress on stderr
  bool reports = true;
  std::string on = "local";     ///< where: here, or "slurm"
  bool is_sole_writer = false;  ///< nobody else writes to the database, on this machine or another
  /// `--db --for --workers --no-pinning --retries --time-limit --memory-limit`.
  void add_to(CLI::App& command);
  /// Throws ConfigError for a duration or a size that is none.
  void check() const;
};

/// Runs what is left of each matrix, one after the other, into the database; `on_done` is told when one is
/// over, its runs recorded. A failed run doesn't stop the others. Throws what build_matrix() doesn't:
/// ConfigError where nothing fits into the time, StoreError, EnvironmentError, Interrupted.
void run_matrices(const RunningOptions& options, std::vector<Matrix>& matrices, const std::stop_token& stop,
                  const std::function<void(const Matrix&, const MatrixOutcome&)>& on_done);

/// "3 finished, 0 failed, 0 skipped, 9 were done already".
std::string in_words(const MatrixOutcome& outcome);

/// Why runs were skipped, on stderr.
void say_skipped(const Matrix& matrix, const MatrixOutcome& outcome);

/// Whether any run was done, or would be with more time.
bool could_run(const MatrixOutcome& outcome);

}  // namespace rnnbench
