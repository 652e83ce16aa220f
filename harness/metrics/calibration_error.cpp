#include "harness/metrics/calibration_error.hpp"

#include <cmath>
#include <limits>

#include "harness/metrics/metric.hpp"
#include "harness/metrics/reliability.hpp"

namespace rnnbench {

double calibration_error(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (const ReliabilityBin& bin : reliability_bins(positive, labels)) {
    sum += std::abs(bin.probability_sum - static_cast<double>(bin.positive));
  }
  return sum / static_cast<double>(labels.size());
}

}  // namespace rnnbench
