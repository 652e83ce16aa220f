#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// Where padding goes, or which end truncation cuts.
enum class End { kFront, kBack };

/// One step of turning a text into tokens, applied in the recipe's order. Steps before `split` (exactly
/// one of it) change the text; steps after it change the tokens.
///   lower                            Unicode simple lower case
///   delete   pattern                 every match of a PCRE2 regular expression goes; neighbours join
///   replace  pattern, with           every match becomes `with`
///   split    on                      "whitespace" (of ASCII), or one ASCII character; empty tokens go
///   drop     words                   tokens of a list go ("english-198": experiments/recipes/words/…)
///   stem     algorithm               "porter": Porter 1980; "english": his second version (both
///   libstemmer's)
struct RecipeStep {
  std::string kind;
  std::string argument;  ///< pattern, separator, list or algorithm
  std::string with;      ///< of `replace`
};

/// A named text preprocessing. The experiment's axes may change `vocabulary` and `length`.
struct Recipe {
  std::string name;
  std::vector<RecipeStep> steps;
  int vocabulary = 0;                ///< ids in all, special ones included: rows of the embedding
  bool vocabulary_from_all = false;  ///< count words over all parts (a leak), else over train
  std::int32_t padding_id = 0;
  std::int32_t start_id = -1;  ///< put before each review; -1: none
  std::int32_t unknown_id = 1;
  std::int32_t first_word_id = 2;  ///< id of the commonest word; the next ones follow
  int length = 0;                  ///< time steps; every review is cut or padded to it
  End padding = End::kBack;
  End truncation = End::kBack;  ///< the end that is cut
};

/// Reads a recipe table (a file under experiments/recipes, with an experiment's changes applied).
Recipe read_recipe(SettingsReader reader);
Json to_json(const Recipe& recipe);

}  // namespace rnnbench
