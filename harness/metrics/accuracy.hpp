#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// The share of reviews whose more probable class is the label; a tie is positive, NaN is wrong.
double accuracy(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
