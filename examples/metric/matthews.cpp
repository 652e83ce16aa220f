#include "examples/metric/matthews.hpp"

#include <cmath>
#include <limits>

#include "harness/metrics/confusion.hpp"
#include "harness/metrics/metric.hpp"

namespace rnnbench {

double matthews(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  const Confusion counts = confusion(positive, labels);
  const auto tp = static_cast<double>(counts.true_positive);
  const auto fp = static_cast<double>(counts.false_positive);
  const auto fn = static_cast<double>(counts.false_negative);
  const auto tn = static_cast<double>(counts.true_negative);
  return (tp * tn - fp * fn) / std::sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
}

}  // namespace rnnbench
