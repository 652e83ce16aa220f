#include "harness/runner/best_so_far.hpp"

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/model/schedule_spec.hpp"

namespace rnnbench {
namespace {

double value_in(const EpochRecord& epoch, WatchedMetric metric) {
  const char* split = is_of_validation(metric) ? "validation" : "train";
  const char* name = is_accuracy(metric) ? "accuracy" : "loss";
  const auto found =
      std::find_if(epoch.metrics.begin(), epoch.metrics.end(),
                   [&](const MetricRecord& record) { return record.split == split && record.name == name; });
  if (found == epoch.metrics.end()) {
    throw ConfigError(std::string(name_of(metric)) +
                      " is watched, but no review is left to validate on; make data.validation larger");
  }
  return found->value;
}

}  // namespace

bool BestSoFar::improves(const EpochRecord& epoch) {
  const double value = value_in(epoch, metric_);
  const double cost = is_accuracy(metric_) ? -value : value;
  if (!(cost < best_cost_ - min_delta_)) return false;
  best_cost_ = cost;
  return true;
}

}  // namespace rnnbench
