#include "harness/metrics/accuracy.hpp"

#include <cmath>

namespace rnnbench {

double accuracy(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  std::int64_t correct = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double p = positive[i];
    correct += !std::isnan(p) && (p >= 0.5) == (labels[i] == 1) ? 1 : 0;
  }
  return static_cast<double>(correct) / static_cast<double>(labels.size());
}

}  // namespace rnnbench
