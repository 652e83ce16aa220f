#include "harness/data/vector_corpus.hpp"

#include <fmt/format.h>

#include <string_view>
#include <unordered_set>
#include <vector>

#include "harness/core/sha256.hpp"
#include "harness/data/splits.hpp"

namespace rnnbench {

VectorCorpus vector_corpus(const ReviewSet& reviews, const UnlabelledReviews& unlabelled,
                           const DataSpec& spec, const Recipe& recipe, const std::stop_token& stop) {
  const Split split = split_reviews(reviews, spec);
  std::unordered_set<std::string_view> held_out;
  for (const auto* part : {&split.validation, &split.test}) {
    for (const std::uint32_t row : *part) held_out.insert(reviews.reviews()[row].text);
  }
  VectorCorpus corpus;
  std::vector<std::string_view> texts;
  const auto take = [&](std::string_view text, std::size_t& count) {
    const bool is_held_out = held_out.contains(text);
    if (!is_held_out) texts.push_back(text);
    ++(is_held_out ? corpus.left_out : count);
  };
  for (const std::uint32_t row : split.train) take(reviews.reviews()[row].text, corpus.training);
  for (const std::string& text : unlabelled.texts) take(text, corpus.unlabelled);

  Sha256 hash;
  for (const std::string_view text : texts) {
    hash.update(fmt::format("{} ", text.size()));
    hash.update(text);
  }
  corpus.digest = hash.hex();
  corpus.tokens = tokenize(texts, texts.size(), recipe, 0, stop);
  return corpus;
}

}  // namespace rnnbench
