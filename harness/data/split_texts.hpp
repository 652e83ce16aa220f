#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/data_spec.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// The reviews of a split, one part after another: train, validation, test. The texts point into the
/// ReviewSet.
struct SplitTexts {
  std::vector<std::string_view> texts;
  std::vector<std::uint8_t> labels;
  std::vector<std::uint8_t> ratings;  ///< stars 1 to 10, 0 where the source doesn't say
  std::vector<std::uint32_t> words;   ///< plain words of a text, see plain_words.hpp
  std::array<std::size_t, 3> reviews{};
  /// SHA-256 over a part's texts and labels in order; independent of any recipe.
  std::array<std::string, 3> digests;
};

/// Splits `reviews` as split_reviews() does. Throws what that throws.
SplitTexts split_texts(const ReviewSet& reviews, const DataSpec& spec);

}  // namespace rnnbench
