#include "harness/data/recipe_facts.hpp"

#include <algorithm>
#include <utility>

#include "harness/data/splits.hpp"
#include "harness/data/token_corpus.hpp"

namespace rnnbench {
namespace {

/// Reads a corpus text by text, in its order.
class CorpusWalk {
 public:
  explicit CorpusWalk(const TokenCorpus& corpus) : corpus_(&corpus) {}

  /// Calls `use(number in the table)` for each token of the next text.
  template <typename Use>
  void next(const Use& use) {
    while (text_ == corpus_->slices[slice_].ends.size()) ++slice_, text_ = 0, token_ = 0;
    const TokenCorpus::Slice& slice = corpus_->slices[slice_];
    for (; token_ < slice.ends[text_]; ++token_) use(slice.global[slice.tokens[token_]]);
    ++text_;
  }

 private:
  const TokenCorpus* corpus_;
  std::size_t slice_ = 0, text_ = 0, token_ = 0;
};

PartFacts part_facts(const char* name, std::size_t reviews, const std::vector<std::int32_t>& ids,
                     const Recipe& recipe, CorpusWalk& walk) {
  PartFacts part{name};
  std::vector<bool> seen(ids.size());
  for (std::size_t i = 0; i < reviews; ++i) {
    std::uint32_t tokens = 0;
    walk.next([&](std::uint32_t number) {
      const bool unknown = ids[number] == recipe.unknown_id;
      ++tokens;
      part.unknown_tokens += unknown ? 1 : 0;
      if (seen[number]) return;
      seen[number] = true;
      ++part.distinct;
      part.unknown_distinct += unknown ? 1 : 0;
    });
    part.tokens.push_back(tokens);
    part.all_tokens += tokens;
    const std::int64_t length = std::int64_t{tokens} + (recipe.start_id >= 0 ? 1 : 0);
    part.cut += length > recipe.length ? 1 : 0;
  }
  return part;
}

ExampleReview example(const PartFacts& part, std::size_t row, std::uint8_t label, const TokenCorpus& corpus,
                      const std::vector<std::int32_t>& ids, const Recipe& recipe, std::size_t most,
                      CorpusWalk& walk) {
  ExampleReview review{part.name, row, label, {}, {}};
  const auto add = [&](std::string_view token, std::int32_t id) {
    if (review.ids.size() == most) return;
    review.tokens.emplace_back(token);
    review.ids.push_back(id);
  };
  if (recipe.start_id >= 0) add("<start>", recipe.start_id);
  walk.next([&](std::uint32_t number) { add(corpus.table[number], ids[number]); });
  return review;
}

}  // namespace

RecipeFacts recipe_facts(const ReviewSet& reviews, const DataSpec& spec, const Recipe& recipe,
                         const RecipeFactsLimits& limits, int threads, const std::stop_token& stop) {
  const Split split = split_reviews(reviews, spec);
  const std::vector<std::pair<const char*, const std::vector<std::uint32_t>*>> parts = {
      {"train", &split.train}, {"validation", &split.validation}, {"test", &split.test}};
  std::vector<std::string_view> texts;
  for (const auto& [name, rows] : parts) {
    for (const std::uint32_t row : *rows) texts.push_back(reviews.reviews()[row].text);
  }
  const std::size_t counted = recipe.vocabulary_from_all ? texts.size() : split.train.size();
  const TokenCorpus corpus = tokenize(texts, counted, recipe, threads, stop);
  const std::vector<std::uint32_t> by_rank = corpus.by_rank();

  RecipeFacts facts;
  facts.distinct = by_rank.size();
  facts.known = std::min<std::uint64_t>(facts.distinct,
                                        static_cast<std::uint64_t>(recipe.vocabulary - recipe.first_word_id));
  std::vector<std::int32_t> ids(corpus.table.size(), recipe.unknown_id);
  for (std::size_t rank = 0; rank < facts.known; ++rank) {
    const std::uint32_t number = by_rank[rank];
    ids[number] = recipe.first_word_id + static_cast<std::int32_t>(rank);
    if (rank < limits.words) {
      facts.common.push_back({std::string(corpus.table[number]), ids[number], corpus.counts[number]});
    }
  }
  CorpusWalk walk(corpus);
  for (const auto& [name, rows] : parts) {
    if (!rows->empty()) facts.parts.push_back(part_facts(name, rows->size(), ids, recipe, walk));
  }
  CorpusWalk again(corpus);
  for (std::size_t row = 0; row < std::min(limits.examples, split.train.size()); ++row) {
    facts.examples.push_back(example(facts.parts.front(), row, reviews.reviews()[split.train[row]].label,
                                     corpus, ids, recipe, limits.example_tokens, again));
  }
  return facts;
}

}  // namespace rnnbench
