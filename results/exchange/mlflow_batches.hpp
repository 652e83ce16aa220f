#pragma once

#include <utility>
#include <vector>

#include "results/exchange/mlflow_run.hpp"

namespace rnnbench {

/// What runs/log-batch takes in one request.
struct MlflowBatchLimits {
  std::size_t metrics = 1000;
  std::size_t params = 100;
  std::size_t tags = 100;
  std::size_t entries = 1000;   ///< of all three
  std::size_t bytes = 900'000;  ///< of a request of at most 1,000,000
};

/// The requests that log all metrics, params and tags of `run` on the server's run `id`, as few as may be.
std::vector<Json> log_batches(const std::string& id, const MlflowRun& run,
                              const MlflowBatchLimits& limits = {});

}  // namespace rnnbench
