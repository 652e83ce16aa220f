#pragma once

#include <vector>

#include "harness/runner/run_matrix.hpp"

namespace rnnbench {

/// A run to do. The trial is one of a matrix, which must outlive it.
struct RunTask {
  const PlannedTrial* trial = nullptr;
  std::uint64_t seed = 0;
  int attempt = 1;
};

/// Records the trials of a matrix and gives what is left to do, in the order of runs_in_order(): each of its
/// runs that `sink` has no finished one of (or all, with `rerun`). What can't be done here is recorded as
/// skipped.
std::vector<RunTask> tasks_left(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                                ProgressListener& progress, MatrixOutcome& outcome);

}  // namespace rnnbench
