#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// Mean and sample standard deviation of values as they come, in one pass that loses no digits to a large
/// mean (Welford 1962, "Note on a method for calculating corrected sums of squares and products").
struct SampleMoments {
  std::int64_t n = 0;
  double mean = 0;     ///< of no value: 0
  double squares = 0;  ///< sum of squared differences from the mean

  void add(double value) {
    ++n;
    const double difference = value - mean;
    mean += difference / static_cast<double>(n);
    squares += difference * (value - mean);
  }

  double variance() const;   ///< with n − 1; NaN below two values
  double deviation() const;  ///< its root
};

SampleMoments moments_of(std::span<const double> values);

}  // namespace rnnbench
