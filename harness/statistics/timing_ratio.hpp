#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// How many times as long the second takes as the first; 1.31 is 31 % slower.
struct TimingRatio {
  std::int64_t n = 0;  ///< pairs
  double ratio = 1;
  Interval interval;
};

/// Of timings in pairs, interleaved, so that what slows the machine for a while slows both of a pair; all in
/// one unit. The logarithms of their ratios are judged, so that twice as slow and twice as fast weigh the
/// same. Refused where a timing is not above 0: a clock stood still or went back.
///
/// The geometric mean of the ratios with Student's t interval of their logarithms (Fleming and Wallace 1986,
/// "How not to lie with statistics", for the mean).
Finding<TimingRatio> mean_ratio(std::span<const double> first, std::span<const double> second,
                                double confidence = 0.95);

}  // namespace rnnbench
