#pragma once

#include <string>
#include <vector>

#include "harness/statistics/verdict.hpp"
#include "results/query/database.hpp"
#include "results/query/judged_runs.hpp"

namespace rnnbench {

/// Runs of one trial, the newest of each seed.
struct JudgedSubject {
  std::string label;
  std::size_t trials = 1;
  std::vector<JudgedRun> runs;
};

/// All that judge() is told of two subjects. Only finished runs count. They are compared where that means
/// something:
/// - accuracies of runs of one trial each, on one test set;
/// - speeds on the same data, recipe and batch, of one model where the engines differ, on one machine; in
///   pairs of rounds where they are sides of one `rnnbench bench`, else of runs with one seed (medians of
///   their steps).
/// Anything else is a flaw or a remark, in words with the remedy. Throws StoreError.
ComparedRuns compared_runs(Database& database, const JudgedSubject& first, const JudgedSubject& second);

}  // namespace rnnbench
