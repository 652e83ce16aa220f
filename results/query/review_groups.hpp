#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rnnbench {

/// Reviews of like size or of one rating.
struct ReviewGroup {
  double low = 0, high = 0;  ///< the least and the largest of them
  double middle = 0;         ///< their median
  std::vector<std::size_t> reviews;
};

/// Five groups of about as many reviews, the shortest first; equal lengths stay together.
std::vector<ReviewGroup> groups_by_length(std::span<const std::uint32_t> words);

/// One a rating, the lowest first; reviews without one (0) are in none.
std::vector<ReviewGroup> groups_by_rating(std::span<const std::uint8_t> ratings);

/// How many of a group's reviews a run calls what they are.
struct GroupAccuracy {
  double low = 0, high = 0, middle = 0;  ///< of ReviewGroup
  std::int64_t reviews = 0, right = 0;
};

/// `positive`: probabilities, none of them NaN; positive from a half on.
std::vector<GroupAccuracy> accuracies_of(const std::vector<ReviewGroup>& groups,
                                         std::span<const float> positive,
                                         std::span<const std::uint8_t> labels);

}  // namespace rnnbench
