#pragma once

#include <cstdint>
#include <span>

namespace rnnbench {

/// How many reviews were called what. Called positive is what has a probability of 0.5 or more.
struct Confusion {
  std::int64_t true_positive = 0;
  std::int64_t false_positive = 0;
  std::int64_t false_negative = 0;
  std::int64_t true_negative = 0;
};

/// No probability may be NaN.
Confusion confusion(std::span<const float> positive, std::span<const std::uint8_t> labels);

// Of the positive class (van Rijsbergen 1979, chapter 7). NaN where nothing is to be divided by, or where a
// probability is NaN.

/// The share of positive ones in those called positive.
double precision(std::span<const float> positive, std::span<const std::uint8_t> labels);
/// The share of those called positive in the positive ones.
double recall(std::span<const float> positive, std::span<const std::uint8_t> labels);
/// The harmonic mean of both, 2 TP / (2 TP + FP + FN): 0 where none was found, defined where precision is
/// not.
double f1(std::span<const float> positive, std::span<const std::uint8_t> labels);

}  // namespace rnnbench
