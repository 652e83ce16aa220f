#pragma once

#include <limits>
#include <vector>

#include "harness/statistics/order_statistics.hpp"

namespace rnnbench {

/// The median of samples and the interval of median_interval(): NaN where they are too few for one.
struct Median {
  double value, low, high;
};

inline Median median_of(const std::vector<double>& samples) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  if (const auto median = median_interval(samples)) {
    return {median->value, median->interval.low, median->interval.high};
  }
  return {samples.empty() ? nan : quantile_of(samples, 0.5), nan, nan};
}

}  // namespace rnnbench
