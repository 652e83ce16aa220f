#include "harness/metrics/brier_score.hpp"

namespace rnnbench {

double brier_score(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  double sum = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double off = static_cast<double>(positive[i]) - static_cast<double>(labels[i]);
    sum += off * off;
  }
  return sum / static_cast<double>(labels.size());
}

}  // namespace rnnbench
