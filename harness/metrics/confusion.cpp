#include "harness/metrics/confusion.hpp"

#include <limits>

#include "harness/metrics/metric.hpp"

namespace rnnbench {
namespace {

/// NaN for 0 / 0.
double share(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Confusion confusion(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  Confusion counts;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool called = positive[i] >= 0.5F;
    const bool is = labels[i] == 1;
    ++(called ? (is ? counts.true_positive : counts.false_positive)
              : (is ? counts.false_negative : counts.true_negative));
  }
  return counts;
}

double precision(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  const Confusion counts = confusion(positive, labels);
  return share(counts.true_positive, counts.true_positive + counts.false_positive);
}

double recall(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  const Confusion counts = confusion(positive, labels);
  return share(counts.true_positive, counts.true_positive + counts.false_negative);
}

double f1(std::span<const float> positive, std::span<const std::uint8_t> labels) {
  if (has_nan(positive)) return std::numeric_limits<double>::quiet_NaN();
  const Confusion counts = confusion(positive, labels);
  return share(2 * counts.true_positive,
               2 * counts.true_positive + counts.false_positive + counts.false_negative);
}

}  // namespace rnnbench
