#include "harness/data/token_corpus.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "harness/core/error.hpp"
#include "harness/core/run_parallel.hpp"
#include "harness/data/tokenizer.hpp"

namespace rnnbench {
namespace {

constexpr std::uint32_t kDropped = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kBytesPerToken = 5;  // of English with its spaces, a little below what is usual

struct SliceResult {
  TokenTable table;
  std::vector<std::uint32_t> counts;
};

/// Ends of the slices: consecutive texts of about the same number of bytes.
std::vector<std::size_t> slice_ends(std::span<const std::string_view> texts, std::size_t slices) {
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  std::vector<std::size_t> ends;
  std::size_t at = 0;
  for (std::size_t slice = 1, passed = 0; slice < slices; ++slice) {
    while (at < texts.size() && passed < bytes / slices * slice) passed += texts[at++].size();
    ends.push_back(at);
  }
  ends.push_back(texts.size());
  return ends;
}

/// Maps pieces to the slice's tokens; the steps after the split run once for each distinct piece.
class PieceMemo {
 public:
  explicit PieceMemo(const Tokenizer& tokenizer) : tokenizer_(&tokenizer) {}

  std::uint32_t token_of(std::string_view piece, TokenTable& tokens) {
    const std::uint32_t number = pieces_.intern(piece);
    if (number == tokens_of_pieces_.size()) {
      const auto token = tokenizer_->finish(piece);
      tokens_of_pieces_.push_back(token ? tokens.intern(*token) : kDropped);
    }
    return tokens_of_pieces_[number];
  }

 private:
  const Tokenizer* tokenizer_;
  TokenTable pieces_;
  std::vector<std::uint32_t> tokens_of_pieces_;
};

void tokenize_slice(std::span<const std::string_view> texts, std::size_t counted, const Recipe& recipe,
                    const std::stop_token& stop, TokenCorpus::Slice& slice, SliceResult& result) {
  Tokenizer tokenizer(recipe);
  PieceMemo memo(tokenizer);
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  slice.tokens.reserve(bytes / kBytesPerToken);
  slice.ends.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (stop.stop_requested()) throw Interrupted();
    const std::size_t start = slice.tokens.size();
    tokenizer.split(texts[i], [&](std::string_view piece) {
      const std::uint32_t token = memo.token_of(piece, result.table);
      if (token != kDropped) slice.tokens.push_back(token);
    });
    slice.ends.push_back(slice.tokens.size());
    result.counts.resize(result.table.size());
    if (i >= counted) continue;
    for (std::size_t at = start; at < slice.tokens.size(); ++at) ++result.counts[slice.tokens[at]];
  }
}

void merge(TokenCorpus& corpus, std::vector<SliceResult>& results) {
  corpus.table = std::move(results.front().table);
  corpus.counts = std::move(results.front().counts);
  corpus.slices.front().global.resize(corpus.table.size());
  std::iota(corpus.slices.front().global.begin(), corpus.slices.front().global.end(), 0U);
  for (std::size_t i = 1; i < results.size(); ++i) {
    for (std::uint32_t token = 0; token < results[i].table.size(); ++token) {
      const std::uint32_t number = corpus.table.intern(results[i].table[token]);
      corpus.slices[i].global.push_back(number);
      corpus.counts.resize(corpus.table.size());
      corpus.counts[number] += results[i].counts[token];
    }
  }
  for (const std::uint32_t count : corpus.counts) corpus.counted_tokens += count;
}

}  // namespace

TokenCorpus tokenize(std::span<const std::string_view> texts, std::size_t counted, const Recipe& recipe,
                     int threads, const std::stop_token& stop) {
  const auto slices = static_cast<std::size_t>(threads > 0 ? threads : default_threads());
  const std::vector<std::size_t> ends = slice_ends(texts, slices);
  TokenCorpus corpus;
  corpus.slices.resize(slices);
  std::vector<SliceResult> results(slices);
  run_parallel(slices, [&](std::size_t i) {
    const std::size_t first = i == 0 ? 0 : ends[i - 1];
    corpus.slices[i].first = first;
    tokenize_slice(texts.subspan(first, ends[i] - first), counted - std::min(first, counted), recipe, stop,
                   corpus.slices[i], results[i]);
  });
  merge(corpus, results);
  return corpus;
}

std::vector<std::uint32_t> TokenCorpus::by_rank() const {
  // Sorted as one integer: the complement of the count, then the number.
  std::vector<std::uint64_t> keys;
  keys.reserve(counts.size());
  for (std::uint32_t number = 0; number < counts.size(); ++number) {
    if (counts[number] > 0) keys.push_back((std::uint64_t{~counts[number]} << 32U) | number);
  }
  std::sort(keys.begin(), keys.end());
  return {keys.begin(), keys.end()};
}

}  // namespace rnnbench
