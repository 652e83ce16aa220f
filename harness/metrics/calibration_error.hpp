#pragma once

#include <cstdint>
#include <span>

#include "harness/metrics/reliability.hpp"

namespace rnnbench {

/// The expected calibration error of binary predictions (Naeini, Cooper and Hauskrecht 2015, section 3):
/// reviews are put into ten bins of equal width by their probability of positive, [0, 0.1) … [0.9, 1], and Σ
/// over bins of (reviews in it / n) · |share of positive labels in it − mean probability in it|. The value
/// depends on the bins: compare only such of one definition. NaN where a probability is.
double calibration_error(std::span<const float> positive, std::span<const std::uint8_t> labels);

/// The same of bins that are there already; NaN of no reviews.
double calibration_error(const ReliabilityBins& bins);

}  // namespace rnnbench
