#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/data_spec.hpp"
#include "harness/data/recipe.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// A token that stands in none of the texts that words are counted over.
inline constexpr std::int32_t kUncounted = -1;

/// Reviews as all of their tokens: not cut to Recipe::length, not padded, without a start symbol, and with
/// the words that have no id under the recipe's vocabulary.
struct TokenRows {
  std::vector<std::int32_t> tokens;   ///< of all reviews, one after another: ranks of words, or kUncounted
  std::vector<std::size_t> ends;      ///< [reviews], where a review's tokens end in `tokens`
  std::vector<std::uint8_t> labels;   ///< [reviews], 0 negative, 1 positive
  std::vector<std::uint8_t> ratings;  ///< [reviews], stars 1 to 10, 0: the source doesn't say
  std::vector<std::uint32_t> plain_words;  ///< [reviews], see plain_words.hpp
  std::string digest;                      ///< as EncodedPart::digest

  std::size_t reviews() const { return ends.size(); }
  std::span<const std::int32_t> review(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::span(tokens).subspan(begin, ends[i] - begin);
  }
};

/// A data set as tokens, by part, and its words.
struct SplitTokens {
  TokenRows train, validation, test;
  /// By rank, all that are counted: the commonest first; of equally common ones, the one first seen. The
  /// first ones are EncodedData::words.
  std::vector<std::string> words;
};

/// Splits `reviews` and runs `recipe` over them on `threads` threads (0: default_threads()); the result
/// doesn't depend on how many. Throws ConfigError, Interrupted.
SplitTokens split_tokens(const ReviewSet& reviews, const DataSpec& spec, const Recipe& recipe, int threads,
                         const std::stop_token& stop);

/// One text as a review whose label is 0; `words` by rank, as in SplitTokens.
TokenRows token_row(std::string_view text, const Recipe& recipe, const std::vector<std::string>& words);

}  // namespace rnnbench
