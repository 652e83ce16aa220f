#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace rnnbench {

/// Reviews whose probability of positive lies in [low, high); the last bin holds 1 too.
struct ReliabilityBin {
  double low = 0;
  double high = 0;
  std::int64_t reviews = 0;
  std::int64_t positive = 0;   ///< of them, those with the label positive
  double probability_sum = 0;  ///< of their probabilities
  /// NaN of no reviews.
  double mean_probability() const { return probability_sum / static_cast<double>(reviews); }
  double positive_share() const { return static_cast<double>(positive) / static_cast<double>(reviews); }
};

inline constexpr std::size_t kReliabilityBins = 10;
using ReliabilityBins = std::array<ReliabilityBin, kReliabilityBins>;

/// The bins of a reliability diagram, those that calibration_error() is defined by: ten of equal width. No
/// probability may be NaN.
ReliabilityBins reliability_bins(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
