#include "results/query/mean_interval.hpp"

#include <limits>

#include "harness/statistics/mean_intervals.hpp"
#include "harness/statistics/moments.hpp"

namespace rnnbench {

std::vector<double> finite(std::span<const double> values) { return finite_values(values); }

MeanInterval mean_interval(std::span<const double> values) {
  const std::vector<double> kept = finite(values);
  MeanInterval result;
  result.n = static_cast<int>(kept.size());
  if (kept.empty()) {
    result.mean = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  result.mean = moments_of(kept).mean;
  if (result.n < 2) return result;
  const auto estimate = t_interval(kept);
  result.bounds = {result.mean, result.mean};  // of values that are all alike
  if (estimate) result.bounds = {estimate->interval.low, estimate->interval.high};
  return result;
}

}  // namespace rnnbench
