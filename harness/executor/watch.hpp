#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/executor/executor.hpp"
#include "harness/executor/submission.hpp"

namespace rnnbench {

struct WatchServices {
  /// Takes over the runs of a shard's database; again adds nothing. Throws StoreError where it can't be read.
  std::function<void(const std::filesystem::path& database)> merge;
  /// Told what changed, in words.
  std::function<void(const std::string&)> say;
  std::stop_token stop;
  std::chrono::milliseconds poll{2000};  ///< between two questions to the scheduler
  int retries = 2;                       ///< how often tasks that left no whole shard are handed over again
};

/// Hands a submission over where that wasn't done, merges its shards as they become whole, hands over again
/// the tasks that ended without one (they go on in theirs; a shard that can't be read begins anew), and
/// closes it when all are merged, tries are used up or somebody cancelled tasks. Of a task that never got
/// whole the finished runs are merged too. Gives these tasks. Throws Interrupted when asked to stop: the
/// tasks go on, and the same call watches them again.
std::vector<int> watch(Submission& submission, Executor& executor, const WatchServices& services);

}  // namespace rnnbench
