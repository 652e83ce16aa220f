#include "results/errors/review_words.hpp"

#include <algorithm>
#include <string>

#include "harness/data/plain_words.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kNegation[] = {"no",      "not",     "nor",     "never",  "none",   "nobody",
                                          "nothing", "nowhere", "neither", "cannot", "without"};
constexpr std::string_view kContrast[] = {"but",     "however",      "although",    "though", "yet",
                                          "despite", "nevertheless", "nonetheless", "whereas"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::span<const std::string_view> negation_words() { return kNegation; }
std::span<const std::string_view> contrast_words() { return kContrast; }

ReviewWords words_of_review(std::string_view text) {
  ReviewWords found;
  std::string word;
  for_each_plain_word(text, [&](std::string_view as_written) {
    word.assign(as_written);
    std::ranges::transform(word, word.begin(), lower);
    ++found.words;
    found.negates |= std::ranges::find(kNegation, word) != std::end(kNegation) || word.ends_with("n't");
    found.contrasts |= std::ranges::find(kContrast, word) != std::end(kContrast);
  });
  return found;
}

}  // namespace rnnbench
