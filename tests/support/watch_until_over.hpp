#pragma once

#include <vector>

#include "harness/executor/watch.hpp"

namespace rnnbench {

/// Watches one submission to its end; tasks that were left without a result.
inline std::vector<int> watch_until_over(Submission& submission, Executor& executor,
                                         const WatchServices& services) {
  Watch watch(submission, executor, services);
  while (!watch.look()) rest(services.poll, services.shards.stop);
  return watch.without_result();
}

}  // namespace rnnbench
