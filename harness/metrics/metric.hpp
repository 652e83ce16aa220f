#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

namespace rnnbench {

/// A figure that follows from what an engine predicted of a split and what is true.
struct Metric {
  const char* name;  ///< as it is recorded; names of what is recorded never change their meaning
  const char* unit;  ///< "nats", "fraction", or "" for none
  /// `positive` [reviews] are probabilities of the positive class, `labels` [reviews] 0 negative and 1
  /// positive. NaN where it isn't defined; never throws.
  double (*of)(std::span<const float> positive, std::span<const std::uint8_t> labels);
};

/// What most metrics ask first: a probability that is NaN has no place in an order and belongs to no class.
inline bool has_nan(std::span<const float> positive) {
  return std::ranges::any_of(positive, [](float p) { return std::isnan(p); });
}

}  // namespace rnnbench
