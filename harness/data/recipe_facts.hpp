#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/data_spec.hpp"
#include "harness/data/recipe.hpp"
#include "harness/data/review_set.hpp"

namespace rnnbench {

/// What one part of the reviews is under a recipe. Unknown is what has no id of its own.
struct PartFacts {
  std::string name;                     ///< "train", "validation", "test"
  std::vector<std::uint32_t> tokens{};  ///< by review, before it is cut; the start symbol isn't counted
  std::uint64_t all_tokens = 0;
  std::uint64_t unknown_tokens = 0;
  std::uint64_t distinct = 0;  ///< tokens
  std::uint64_t unknown_distinct = 0;
  std::uint64_t cut = 0;  ///< reviews longer than the recipe's length, start symbol included
};

struct CommonWord {
  std::string word;
  std::int32_t id = 0;
  std::uint64_t count = 0;  ///< in the texts that the vocabulary is counted over
};

/// The beginning of a review as tokens and ids.
struct ExampleReview {
  std::string part;
  std::size_t row = 0;  ///< in its part, from 0
  std::uint8_t label = 0;
  std::vector<std::string> tokens;  ///< the recipe's, whether known or not; "<start>" for the start symbol
  std::vector<std::int32_t> ids;    ///< of `tokens`
};

/// What a recipe makes of reviews, before they are cut and padded.
struct RecipeFacts {
  std::vector<PartFacts> parts;    ///< those that have reviews
  std::uint64_t distinct = 0;      ///< tokens of the texts that the vocabulary is counted over
  std::uint64_t known = 0;         ///< of them, those with an id
  std::vector<CommonWord> common;  ///< the commonest first; of equally common ones, the one seen first
  std::vector<ExampleReview> examples;
};

/// How much of the lists is wanted.
struct RecipeFactsLimits {
  std::size_t words = 20;
  std::size_t examples = 3;         ///< the first reviews of the first part
  std::size_t example_tokens = 10;  ///< the first of each
};

/// Splits `reviews` by `spec` and runs `recipe` over them, on `threads` threads (0: one a processor, at most
/// 8); the result doesn't depend on how many. Throws ConfigError, Interrupted.
RecipeFacts recipe_facts(const ReviewSet& reviews, const DataSpec& spec, const Recipe& recipe,
                         const RecipeFactsLimits& limits, int threads, const std::stop_token& stop);

}  // namespace rnnbench
