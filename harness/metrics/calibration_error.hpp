#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// The expected calibration error of binary predictions (Naeini, Cooper and Hauskrecht 2015, section 3):
/// reviews are put into ten bins of equal width by their probability of positive, [0, 0.1) … [0.9, 1], and Σ
/// over bins of (reviews in it / n) · |share of positive labels in it − mean probability in it|. The value
/// depends on the bins: compare only such of one definition. NaN where a probability is.
double calibration_error(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
