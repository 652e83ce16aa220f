#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// The mean of (probability of positive − label)² (Brier 1950, who sums over both classes and so has twice
/// this): 0 is best, always saying 0.5 gives 0.25.
double brier_score(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
