#include "harness/data/word_counts.hpp"

#include "harness/data/token_corpus.hpp"

namespace rnnbench {

WordCounts count_words(std::span<const std::string_view> texts, const Recipe& recipe, int threads,
                       const std::stop_token& stop) {
  const TokenCorpus corpus = tokenize(texts, texts.size(), recipe, threads, stop);
  WordCounts result;
  result.tokens = corpus.counted_tokens;
  for (const std::uint32_t number : corpus.by_rank()) {
    result.words.emplace_back(corpus.table[number]);
    result.counts.push_back(corpus.counts[number]);
  }
  return result;
}

}  // namespace rnnbench
