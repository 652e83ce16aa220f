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

/// Records the trials of a matrix and gives what is left to do, in order: each trial with each seed that
/// `sink` has no finished run of (or all, with `rerun`), all trials with the first seed, then with the
/// second, so that a matrix stopped half-way compares all its trials; within a seed as run_order() says. What
/// can't be done here is recorded as skipped.
std::vector<RunTask> tasks_left(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                                ProgressListener& progress, MatrixOutcome& outcome);

}  // namespace rnnbench
