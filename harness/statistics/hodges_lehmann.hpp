#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// By how much the second values of pairs are larger, in the unit of the values.
struct ShiftEstimate {
  std::int64_t n = 0;  ///< pairs
  double shift = 0;    ///< the median of the means of all two differences, each with itself as well
  Interval interval;
};

/// The shift of Hodges and Lehmann 1963 and the interval that Wilcoxon's signed ranks give it (Tukey 1949;
/// Hollander, Wolfe and Chicken 2014, sections 3.2 and 3.3): the means of two differences (Walsh averages) of
/// the ranks that the exact distribution leaves, at least `confidence`; by its normal approximation beyond
/// kLargestExact pairs. A few wild pairs hardly move it. It rests on differences that are symmetric about the
/// shift. Refused where n is too small for the level (below 6 pairs at 95 %), and where the differences are
/// all alike. O(n log n).
Finding<ShiftEstimate> hodges_lehmann(std::span<const double> first, std::span<const double> second,
                                      double confidence = 0.95);

/// The k-th smallest (from 1) of the n (n + 1) / 2 means of two of `sorted`, each with itself as well.
double walsh_average(std::span<const double> sorted, std::int64_t k);

}  // namespace rnnbench
