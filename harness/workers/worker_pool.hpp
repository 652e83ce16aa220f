#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/runner/run_matrix.hpp"

namespace rnnbench {

/// How a matrix is run by worker processes.
struct WorkerOptions {
  int workers = 1;
  /// What starts worker `index`, counted from 0: a program's path and its arguments.
  std::function<std::vector<std::string>(int index)> command;
  int retries = 0;                     ///< a failed run is tried so many times more
  std::optional<double> seconds = {};  ///< a run that takes longer fails
  std::optional<double> bytes = {};    ///< a run whose process has more in memory fails
  std::chrono::seconds patience{30};   ///< for a run that was asked to stop
  /// Whom to tell what worker `index` does; must outlive the call.
  std::function<ProgressListener&(int index)> listener;
};

/// Does the runs that are left (see tasks_left), several at a time, each in one of some processes that are
/// started once. A process that ends without having been asked to (a crash, a lack of memory) makes its run a
/// failed one, with the reason and the last that it wrote, and another takes its place. So does a run that
/// exceeds its limits. Throws Interrupted when asked to stop, once the workers' runs are recorded as
/// interrupted; and what they say of data, disk and database. What was recorded stays.
MatrixOutcome run_in_workers(const Matrix& matrix, bool rerun, const WorkerOptions& options,
                             const RunServices& services, RunSink& sink);

}  // namespace rnnbench
