#include "harness/metrics/calibration_error.hpp"

#include <cmath>
#include <limits>

#include "harness/metrics/metric.hpp"

namespace rnnbench {

double calibration_error(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  return calibration_error(reliability_bins(positive, labels));
}

double calibration_error(const ReliabilityBins& bins) {
  double sum = 0;
  std::int64_t reviews = 0;
  for (const ReliabilityBin& bin : bins) {
    sum += std::abs(bin.probability_sum - static_cast<double>(bin.positive));
    reviews += bin.reviews;
  }
  return sum / static_cast<double>(reviews);
}

}  // namespace rnnbench
