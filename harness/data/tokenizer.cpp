#include "harness/data/tokenizer.hpp"

#include "harness/data/lower_case.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kWhitespace = " \t\n\v\f\r";

}  // namespace

Tokenizer::Tokenizer(const Recipe& recipe) {
  for (const RecipeStep& step : recipe.steps) {
    if (step.kind == "lower") {
      text_steps_.push_back({std::nullopt, ""});
    } else if (step.kind == "delete" || step.kind == "replace") {
      text_steps_.push_back({Regex(step.argument), step.with});
    } else if (step.kind == "split") {
      const std::string_view separators =
          step.argument == "whitespace" ? kWhitespace : std::string_view(step.argument);
      for (const char c : separators) separates_[static_cast<unsigned char>(c)] = true;
    } else if (step.kind == "drop") {
      token_steps_.push_back({&word_list(step.argument), std::nullopt});
    } else {
      token_steps_.push_back({nullptr, Stemmer(step.argument)});
    }
  }
}

std::string_view Tokenizer::apply_text_steps(std::string_view text) {
  for (const TextStep& step : text_steps_) {
    if (step.regex) {
      step.regex->replace_all(text, step.with, next_text_);
    } else {
      lower_case(text, next_text_);
    }
    text_.swap(next_text_);
    text = text_;
  }
  return text;
}

std::optional<std::string_view> Tokenizer::finish(std::string_view piece) const {
  for (const TokenStep& step : token_steps_) {
    if (step.stemmer) {
      piece = step.stemmer->stem(piece);
      if (piece.empty()) return std::nullopt;
    } else if (step.dropped->words.contains(piece)) {
      return std::nullopt;
    }
  }
  return piece;
}

std::vector<std::string> tokens_of(std::string_view text, const Recipe& recipe) {
  Tokenizer tokenizer(recipe);
  std::vector<std::string> tokens;
  tokenizer.split(text, [&](std::string_view piece) {
    if (const auto token = tokenizer.finish(piece)) tokens.emplace_back(*token);
  });
  return tokens;
}

}  // namespace rnnbench
