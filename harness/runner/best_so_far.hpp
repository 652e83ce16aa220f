#pragma once

#include <limits>

#include "harness/core/records.hpp"
#include "harness/model/watched_metric.hpp"

namespace rnnbench {

/// The best value of a watched metric over the epochs of a run.
class BestSoFar {
 public:
  /// A value is an improvement where it beats the best by more than `min_delta`.
  BestSoFar(WatchedMetric metric, double min_delta) : metric_(metric), min_delta_(min_delta) {}

  /// Whether `epoch` improves on those before it (the first one always does, unless its value is NaN); its
  /// value is the best from then on. Throws ConfigError where the epoch has no such metric.
  bool improves(const EpochRecord& epoch);

 private:
  WatchedMetric metric_;
  double min_delta_;
  double best_cost_ = std::numeric_limits<double>::infinity();  ///< a loss, or an accuracy negated
};

}  // namespace rnnbench
