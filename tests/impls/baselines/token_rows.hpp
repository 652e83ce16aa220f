#pragma once

#include <utility>
#include <vector>

#include "harness/data/split_tokens.hpp"
#include "harness/model/baseline.hpp"

namespace rnnbench {

/// Reviews by label and ranks of their tokens.
inline TokenRows token_rows(const std::vector<std::pair<int, std::vector<std::int32_t>>>& reviews) {
  TokenRows rows;
  for (const auto& [label, tokens] : reviews) {
    rows.tokens.insert(rows.tokens.end(), tokens.begin(), tokens.end());
    rows.ends.push_back(rows.tokens.size());
    rows.labels.push_back(static_cast<std::uint8_t>(label));
  }
  return rows;
}

/// Reviews of `count` tokens: word 2 says that one is positive, word 3 that it is negative; the others say
/// nothing.
inline TokenRows plain_reviews(int count) {
  std::vector<std::pair<int, std::vector<std::int32_t>>> reviews;
  for (int i = 0; i < count; ++i) reviews.push_back({i % 2, {i % 3 % 2, 4 + i % 5, i % 2 == 1 ? 2 : 3, 0}});
  return token_rows(reviews);
}

/// Of twelve ids: padding 0, unknown 1, words from 2.
inline Recipe twelve_ids() {
  Recipe recipe;
  recipe.vocabulary = 12;
  return recipe;
}

inline void ignore_round(const BaselineRound& /*round*/) {}

}  // namespace rnnbench
