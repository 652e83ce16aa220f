#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/recipe.hpp"
#include "harness/data/regex.hpp"
#include "harness/data/stemmer.hpp"
#include "harness/data/word_lists.hpp"

namespace rnnbench {

/// The steps of a recipe, ready to run; used from one thread. The steps before and at `split` depend on
/// the whole text, those after it on one token alone: a caller may remember `finish` by token.
class Tokenizer {
 public:
  /// Throws ConfigError for a wrong pattern, list or algorithm.
  explicit Tokenizer(const Recipe& recipe);

  /// Calls `use(std::string_view)` for each non-empty piece of `text`, in order; the views are valid
  /// until the next call.
  template <typename Use>
  void split(std::string_view text, const Use& use) {
    const std::string_view clean = apply_text_steps(text);
    for (std::size_t start = 0, at = 0; at <= clean.size(); ++at) {
      if (at < clean.size() && !separates_[static_cast<unsigned char>(clean[at])]) continue;
      if (at > start) use(clean.substr(start, at - start));
      start = at + 1;
    }
  }

  /// The token that stands for `piece`, or nothing where it is dropped. Valid until the next call.
  std::optional<std::string_view> finish(std::string_view piece) const;

 private:
  struct TextStep {
    std::optional<Regex> regex;  // none: lower case
    std::string with;
  };
  struct TokenStep {
    const WordList* dropped = nullptr;
    std::optional<Stemmer> stemmer;
  };

  std::string_view apply_text_steps(std::string_view text);

  std::vector<TextStep> text_steps_;
  std::vector<TokenStep> token_steps_;
  std::array<bool, 256> separates_{};  // by byte
  std::string text_;
  std::string next_text_;
};

/// Tokens of one text under `recipe`.
std::vector<std::string> tokens_of(std::string_view text, const Recipe& recipe);

}  // namespace rnnbench
