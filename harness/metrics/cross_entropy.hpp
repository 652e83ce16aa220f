#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// The mean cross-entropy in nats, −1/n Σ ln(probability of the label), probabilities clipped to
/// [1e-7, 1 − 1e-7] so that a certain mistake stays finite. NaN where a probability is.
double cross_entropy(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
