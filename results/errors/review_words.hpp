#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace rnnbench {

/// What of a text's words (see harness/data/plain_words.hpp; case ignored) the error analysis groups by.
struct ReviewWords {
  std::size_t words = 0;
  bool negates = false;    ///< holds one of negation_words(), or a word that ends with n't
  bool contrasts = false;  ///< holds one of contrast_words()
};

ReviewWords words_of_review(std::string_view text);

std::span<const std::string_view> negation_words();
std::span<const std::string_view> contrast_words();

}  // namespace rnnbench
