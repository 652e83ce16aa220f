#pragma once

#include <chrono>
#include <vector>

#include "harness/executor/executor.hpp"
#include "harness/executor/shard_taking.hpp"
#include "harness/executor/submission.hpp"

namespace rnnbench {

struct WatchServices {
  ShardServices shards;
  std::chrono::milliseconds poll{2000};        ///< between two looks at the shards
  std::chrono::milliseconds most_poll{30000};  ///< at most, between two questions to the scheduler
  /// After which a task that no scheduler knows and that left no word is given up: a shared disk may show the
  /// files of another machine as late as that.
  std::chrono::milliseconds grace{60000};
  int retries = 2;  ///< how often tasks that left no whole shard are handed over again
};

/// Hands a submission over where that wasn't done, merges its shards as they become whole, hands over again
/// the tasks that ended without one (they go on in theirs; a shard that can't be read begins anew), and
/// closes it when all are merged, tries are used up, a try more can't help or somebody cancelled tasks. Of a
/// task that never got whole the finished runs are merged too. Gives these tasks. Throws Interrupted when
/// asked to stop: the tasks go on, and the same call watches them again.
std::vector<int> watch(Submission& submission, Executor& executor, const WatchServices& services);

}  // namespace rnnbench
