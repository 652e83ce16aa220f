#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// A quantile and the order statistics that hold the true one between them, in the unit of the values.
struct QuantileEstimate {
  std::int64_t n = 0;
  double value = 0;  ///< between the two nearest values (Hyndman and Fan 1996, definition 7)
  Interval interval;
  std::int64_t low_rank = 0;  ///< the bounds are the values of these ranks, counted from 1
  std::int64_t high_rank = 0;
  double coverage = 0;  ///< the exact confidence of the interval, at least what was asked for
};

/// The `probability` quantile (between 0 and 1) and its interval with at least `confidence`, whatever the
/// distribution: how many values lie below the quantile is binomial, and neither tail may hold more than
/// (1 − confidence) / 2 (Conover 1999, "Practical Nonparametric Statistics", section 3.2). Ties only make it
/// hold more often. Refused where even the smallest and the largest value don't reach the level (the reason
/// says how many would), and where all values are alike.
Finding<QuantileEstimate> quantile_interval(std::span<const double> values, double probability,
                                            double confidence = 0.95);

/// The quantile alone, of one value or more.
double quantile_of(std::vector<double> values, double probability);

/// Of the median: from 6 values on at 95 %.
Finding<QuantileEstimate> median_interval(std::span<const double> values, double confidence = 0.95);

}  // namespace rnnbench
