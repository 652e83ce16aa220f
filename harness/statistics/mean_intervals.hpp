#pragma once

#include <cstdint>

#include "harness/statistics/moments.hpp"
#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// A mean and what is known of it, in the unit of the values.
struct MeanEstimate {
  std::int64_t n = 0;
  double mean = 0;
  double deviation = 0;  ///< of one value, with n − 1
  Interval interval;
};

/// Where the true mean lies with `confidence` (between 0 and 1): mean ± t · s / √n with n − 1 degrees of
/// freedom (Student 1908; Hahn and Meeker 1991, "Statistical Intervals", section 4.2). Exact for normal
/// values. Refused below two values, and where they are all alike.
Finding<MeanEstimate> t_interval(std::span<const double> values, double confidence = 0.95);

/// Where one more value lies with `confidence`: mean ± t · s · √(1 + 1/n) (Hahn and Meeker 1991, section
/// 4.7). It rests on normal values however many there are. Refused as above.
Finding<MeanEstimate> prediction_interval(std::span<const double> values, double confidence = 0.95);

/// t · s / √n of the mean's interval alone; NaN below two values, 0 where they are all alike.
double half_width_of_mean(const SampleMoments& moments, double confidence = 0.95);

}  // namespace rnnbench
