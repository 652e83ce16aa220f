#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/data/recipe.hpp"

namespace rnnbench {

/// Words by rank: the commonest first; of equally common ones, the one seen first.
class Vocabulary {
 public:
  /// `words` by rank, already cut to those that have an id under `recipe`.
  Vocabulary(std::vector<std::string> words, const Recipe& recipe);

  /// The id of `word`, or the recipe's unknown id.
  std::int32_t id_of(std::string_view word) const;
  /// The word with `id`; "<pad>", "<start>", "<unknown>" for special ids, "<unused>" for any other.
  std::string word_of(std::int32_t id) const;
  const std::vector<std::string>& words() const { return words_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> ids_;
  std::int32_t padding_id_;
  std::int32_t start_id_;
  std::int32_t unknown_id_;
  std::int32_t first_word_id_;
};

}  // namespace rnnbench
