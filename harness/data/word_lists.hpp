#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace rnnbench {

/// A named list of words for the recipe step `drop`, built into the program from
/// experiments/recipes/words/NAME.txt (one word a line).
struct WordList {
  std::string name;
  std::unordered_set<std::string_view> words;
  std::string sha256;  ///< of the file
};

/// Throws ConfigError for an unknown name.
const WordList& word_list(std::string_view name);

/// Names of all lists.
std::vector<std::string> word_list_names();

}  // namespace rnnbench
