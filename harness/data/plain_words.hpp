#pragma once

#include <cstddef>
#include <string_view>

namespace rnnbench {

/// What a word of a text is where no recipe says it: a run of ASCII letters, digits and apostrophes; any
/// other byte separates. Reviews are grouped by how many they have, whatever a recipe makes of them.
constexpr bool belongs_to_plain_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'';
}

/// Calls `visit` with each word of `text`, as it stands there.
template <typename Visit>
void for_each_plain_word(std::string_view text, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && belongs_to_plain_word(text[at])) continue;
    if (at > begin) visit(text.substr(begin, at - begin));
    begin = at + 1;
  }
}

inline std::size_t count_plain_words(std::string_view text) {
  std::size_t words = 0;
  for_each_plain_word(text, [&](std::string_view) { ++words; });
  return words;
}

}  // namespace rnnbench
