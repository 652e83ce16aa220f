#include "harness/data/vocabulary.hpp"

namespace rnnbench {

Vocabulary::Vocabulary(std::vector<std::string> words, const Recipe& recipe)
    : words_(std::move(words)),
      padding_id_(recipe.padding_id),
      start_id_(recipe.start_id),
      unknown_id_(recipe.unknown_id),
      first_word_id_(recipe.first_word_id) {
  ids_.reserve(words_.size());
  std::int32_t id = first_word_id_;
  for (const std::string& word : words_) ids_.emplace(word, id++);
}

std::int32_t Vocabulary::id_of(std::string_view word) const {
  const auto found = ids_.find(word);
  return found == ids_.end() ? unknown_id_ : found->second;
}

std::string Vocabulary::word_of(std::int32_t id) const {
  const auto rank = static_cast<std::int64_t>(id) - first_word_id_;
  if (rank >= 0 && rank < static_cast<std::int64_t>(words_.size()))
    return words_[static_cast<std::size_t>(rank)];
  if (id == padding_id_) return "<pad>";
  if (start_id_ >= 0 && id == start_id_) return "<start>";
  if (id == unknown_id_) return "<unknown>";
  return "<unused>";
}

}  // namespace rnnbench
