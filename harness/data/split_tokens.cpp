#include "harness/data/split_tokens.hpp"

#include <array>
#include <unordered_map>

#include "harness/data/split_texts.hpp"
#include "harness/data/token_corpus.hpp"
#include "harness/data/tokenizer.hpp"

namespace rnnbench {
namespace {

/// Adds the texts of `corpus` to the parts, which are consecutive.
void fill(const std::array<TokenRows*, 3>& parts, const std::array<std::size_t, 3>& reviews,
          const TokenCorpus& corpus, const std::vector<std::int32_t>& ranks) {
  std::size_t part = 0;
  for (const TokenCorpus::Slice& slice : corpus.slices) {
    std::size_t at = 0;
    for (const std::size_t end : slice.ends) {
      while (parts[part]->ends.size() == reviews[part]) ++part;
      TokenRows& rows = *parts[part];
      for (; at < end; ++at) rows.tokens.push_back(ranks[slice.global[slice.tokens[at]]]);
      rows.ends.push_back(rows.tokens.size());
    }
  }
}

}  // namespace

SplitTokens split_tokens(const ReviewSet& reviews, const DataSpec& spec, const Recipe& recipe, int threads,
                         const std::stop_token& stop) {
  const SplitTexts split = split_texts(reviews, spec);
  const std::size_t counted = recipe.vocabulary_from_all ? split.texts.size() : split.reviews[0];
  const TokenCorpus corpus = tokenize(split.texts, counted, recipe, threads, stop);

  SplitTokens data;
  std::vector<std::int32_t> ranks(corpus.table.size(), kUncounted);
  for (const std::uint32_t number : corpus.by_rank()) {
    ranks[number] = static_cast<std::int32_t>(data.words.size());
    data.words.emplace_back(corpus.table[number]);
  }
  const std::array<TokenRows*, 3> parts = {&data.train, &data.validation, &data.test};
  fill(parts, split.reviews, corpus, ranks);
  std::size_t first = 0;
  const auto take = [&]<typename T>(const std::vector<T>& all, std::size_t count) {
    const std::span<const T> rows = std::span(all).subspan(first, count);
    return std::vector<T>(rows.begin(), rows.end());
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t count = split.reviews[i];
    parts[i]->labels = take(split.labels, count);
    parts[i]->ratings = take(split.ratings, count);
    parts[i]->plain_words = take(split.words, count);
    parts[i]->digest = split.digests[i];
    first += count;
  }
  return data;
}

TokenRows token_row(std::string_view text, const Recipe& recipe, const std::vector<std::string>& words) {
  std::unordered_map<std::string_view, std::int32_t> ranks;
  ranks.reserve(words.size());
  for (const std::string& word : words) ranks.emplace(word, static_cast<std::int32_t>(ranks.size()));
  TokenRows row;
  for (const std::string& token : tokens_of(text, recipe)) {
    const auto found = ranks.find(token);
    row.tokens.push_back(found == ranks.end() ? kUncounted : found->second);
  }
  row.ends = {row.tokens.size()};
  row.labels = {0};
  return row;
}

}  // namespace rnnbench
