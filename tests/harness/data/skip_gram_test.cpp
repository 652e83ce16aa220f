#include "harness/data/skip_gram.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cmath>
#include <string>

#include "harness/core/error.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

/// Two groups of words that never stand together; some words that no file of numbers could hold as text.
TokenCorpus two_groups(int texts) {
  const std::vector<std::string_view> group[2] = {{"sea", "ship", "</s>", "__label__x"},
                                                  {"sun", "star", "a b", "new\nline"}};
  TokenCorpus corpus;
  corpus.slices.resize(1);
  TokenCorpus::Slice& slice = corpus.slices[0];
  for (int text = 0; text < texts; ++text) {
    for (int word = 0; word < 12; ++word) {
      slice.tokens.push_back(
          corpus.table.intern(group[text % 2][static_cast<std::size_t>(word * 7 + text) % 4]));
    }
    slice.ends.push_back(slice.tokens.size());
  }
  corpus.counts.resize(corpus.table.size());
  for (std::uint32_t number = 0; number < corpus.table.size(); ++number) slice.global.push_back(number);
  for (const std::uint32_t token : slice.tokens) ++corpus.counts[token];
  return corpus;
}

SkipGramSettings small() {
  return {.dimensions = 9, .epochs = 20, .min_count = 1, .learning_rate = 0.1, .sample = 1};
}

double cosine(const SkipGramVectors& vectors, std::size_t a, std::size_t b) {
  double dot = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    const double x = vectors.rows[9 * a + i], y = vectors.rows[9 * b + i];
    dot += x * y, aa += x * x, bb += y * y;
  }
  return dot / std::sqrt(aa * bb);
}

TEST(SkipGram, PutsWordsOfOneKindTogether) {
  const TokenCorpus corpus = two_groups(400);
  const SkipGramVectors vectors = run_skip_gram(corpus, small(), {}, {});
  ASSERT_EQ(vectors.words.size(), 8U);
  const auto is_sea = [&](std::size_t i) {
    const std::string_view word = corpus.table[vectors.words[i]];
    return word == "sea" || word == "ship" || word == "</s>" || word == "__label__x";
  };
  for (std::size_t a = 0; a < 8; ++a) {
    for (std::size_t b = 0; b < 8; ++b) {
      if (a == b) continue;
      EXPECT_EQ(cosine(vectors, a, b) > 0.6, is_sea(a) == is_sea(b)) << a << " " << b;
    }
  }
}

TEST(SkipGram, OnOneThreadGivesTheSameTwiceAndBySeed) {
  const TokenCorpus corpus = two_groups(40);
  const SkipGramVectors first = run_skip_gram(corpus, small(), {}, {});
  EXPECT_EQ(run_skip_gram(corpus, small(), {}, {}).rows, first.rows);
  SkipGramSettings other = small();
  other.seed = 2;
  EXPECT_NE(run_skip_gram(corpus, other, {}, {}).rows, first.rows);
}

TEST(SkipGram, LeavesOutRareWords) {
  SkipGramSettings settings = small();
  settings.min_count = 100'000;
  EXPECT_THAT(data_error_of([&] { run_skip_gram(two_groups(40), settings, {}, {}); }),
              HasSubstr("no word of the reviews occurs 100000 times"));
  EXPECT_NE(data_error_of([&] { run_skip_gram({}, settings, {}, {}); }), "");
}

TEST(SkipGram, SaysHowFarItIsAndStopsAtOnce) {
  const TokenCorpus corpus = two_groups(4000);
  SkipGramSettings settings = small();
  settings.epochs = 1'000'000;
  std::stop_source source;
  std::chrono::steady_clock::time_point asked;
  const auto stop_at_first = [&](double done) {
    EXPECT_GE(done, 0);
    EXPECT_LT(done, 0.5);
    if (!source.stop_requested()) asked = std::chrono::steady_clock::now();
    source.request_stop();
  };
  EXPECT_THROW(run_skip_gram(corpus, settings, stop_at_first, source.get_token()), Interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(1));
}

}  // namespace
}  // namespace rnnbench
