#include "harness/statistics/moments.hpp"

#include <cmath>
#include <limits>

namespace rnnbench {

double SampleMoments::variance() const {
  if (n < 2) return std::numeric_limits<double>::quiet_NaN();
  return squares / static_cast<double>(n - 1);
}

double SampleMoments::deviation() const { return std::sqrt(variance()); }

SampleMoments moments_of(std::span<const double> values) {
  SampleMoments moments;
  for (const double value : values) moments.add(value);
  return moments;
}

}  // namespace rnnbench
