#include "results/errors/review_words.hpp"

#include <algorithm>
#include <string>

namespace rnnbench {
namespace {

constexpr std::string_view kNegation[] = {"no",      "not",     "nor",     "never",  "none",   "nobody",
                                          "nothing", "nowhere", "neither", "cannot", "without"};
constexpr std::string_view kContrast[] = {"but",     "however",      "although",    "though", "yet",
                                          "despite", "nevertheless", "nonetheless", "whereas"};

bool belongs_to_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'';
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::span<const std::string_view> negation_words() { return kNegation; }
std::span<const std::string_view> contrast_words() { return kContrast; }

ReviewWords words_of_review(std::string_view text) {
  ReviewWords found;
  std::string word;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && belongs_to_word(text[at])) {
      word += lower(text[at]);
      continue;
    }
    if (word.empty()) continue;
    ++found.words;
    found.negates |= std::ranges::find(kNegation, word) != std::end(kNegation) || word.ends_with("n't");
    found.contrasts |= std::ranges::find(kContrast, word) != std::end(kContrast);
    word.clear();
  }
  return found;
}

}  // namespace rnnbench
