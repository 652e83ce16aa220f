#include "harness/metrics/cross_entropy.hpp"

#include <algorithm>
#include <cmath>

namespace rnnbench {

double cross_entropy(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  constexpr double kLeast = 1e-7;
  double loss = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double p = positive[i];
    const double of_label = labels[i] == 1 ? p : 1 - p;
    loss -= std::isnan(p) ? p : std::log(std::clamp(of_label, kLeast, 1 - kLeast));
  }
  return loss / static_cast<double>(labels.size());
}

}  // namespace rnnbench
