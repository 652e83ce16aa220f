#include "harness/metrics/calibration_error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "harness/metrics/metric.hpp"

namespace rnnbench {

double calibration_error(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  constexpr std::size_t kBins = 10;
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  std::array<double, kBins> excess{};  // Σ (probability − label) of a bin's reviews
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double p = positive[i];
    const double bin = std::clamp(p * kBins, 0.0, kBins - 1.0);
    excess.at(static_cast<std::size_t>(bin)) += p - static_cast<double>(labels[i]);
  }
  double sum = 0;
  for (const double one : excess) sum += std::abs(one);
  return sum / static_cast<double>(labels.size());
}

}  // namespace rnnbench
