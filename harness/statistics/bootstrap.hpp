#pragma once

#include <cstdint>
#include <functional>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

enum class BootstrapMethod {
  kPercentile,  ///< the quantiles of the resampled values themselves
  kBca,         ///< bias-corrected and accelerated: right to second order also for skewed distributions
};

struct BootstrapOptions {
  double confidence = 0.95;
  BootstrapMethod method = BootstrapMethod::kBca;
  int draws = 2000;        ///< at least 1,000, as Efron and Tibshirani advise for intervals
  std::uint64_t seed = 1;  ///< resample b is stream b of this seed: the same input, the same interval
};

struct BootstrapEstimate {
  std::int64_t n = 0;
  double value = 0;  ///< the statistic of the values themselves
  Interval interval;
  double bias_correction = 0;  ///< z0; 0 with kPercentile
  double acceleration = 0;     ///< a, from the jackknife; 0 with kPercentile
};

/// A figure of a sample, such as its median. Finite for every resample, and the order doesn't matter.
using Statistic = std::function<double(std::span<const double>)>;

/// Where the true `statistic` lies with `confidence` (Efron and Tibshirani 1993, "An Introduction to the
/// Bootstrap", sections 13.3 and 14.3). Refused below ten values, where it would be too narrow to mean what
/// it says; where they are all alike; where the statistic is not finite or never varies.
Finding<BootstrapEstimate> bootstrap_interval(std::span<const double> values, const Statistic& statistic,
                                              const BootstrapOptions& options = {});

}  // namespace rnnbench
