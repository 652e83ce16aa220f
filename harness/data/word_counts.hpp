#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/recipe.hpp"

namespace rnnbench {

/// The distinct tokens of some texts and how often they occur, the commonest first; of equally common
/// ones, the one first seen.
struct WordCounts {
  std::vector<std::string> words;
  std::vector<std::uint32_t> counts;
  std::uint64_t tokens = 0;  ///< sum of `counts`
};

/// Counts the tokens of `texts` under `recipe`. `threads`: 0 for as many as the machine has, at most 8;
/// the result doesn't depend on it.
WordCounts count_words(std::span<const std::string_view> texts, const Recipe& recipe, int threads,
                       const std::stop_token& stop);

}  // namespace rnnbench
