#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// The correlation of what reviews are called and what they are (Matthews 1975, "phi"): 1 where all are
/// right, 0 where calling tells nothing, −1 where all are wrong. NaN where all are of one class or called
/// one, or a probability is NaN.
double matthews(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
