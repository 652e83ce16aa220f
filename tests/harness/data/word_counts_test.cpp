#include "harness/data/word_counts.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

WordCounts count(const std::vector<std::string_view>& texts, int threads = 1) {
  return count_words(texts, plain_recipe(), threads, {});
}

TEST(WordCounts, RankByCountThenByFirstPlace) {
  const WordCounts counts = count({"zoo apple film", "film Apple cat", ""});
  EXPECT_THAT(counts.words, ElementsAre("apple", "film", "zoo", "cat"));
  EXPECT_THAT(counts.counts, ElementsAre(2, 2, 1, 1));
  EXPECT_EQ(counts.tokens, 6U);
}

TEST(WordCounts, TakeNoTextsAndEmptyOnes) {
  EXPECT_THAT(count({}).words, IsEmpty());
  EXPECT_THAT(count({"", " "}, 2).words, IsEmpty());
}

// Catches: tables merged in the order in which threads finish, texts lost at the borders of slices.
TEST(WordCounts, DontDependOnTheNumberOfThreads) {
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int word = 0; word < i % 7; ++word) text += fmt::format("w{} ", (i * 31 + word * 17) % 211);
    texts.push_back(text);
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const WordCounts one = count(views, 1);
  for (const int threads : {2, 3, 8, 600}) {
    const WordCounts many = count(views, threads);
    EXPECT_EQ(many.words, one.words) << threads;
    EXPECT_EQ(many.counts, one.counts) << threads;
  }
}

TEST(WordCounts, StopWhenAsked) {
  std::stop_source source;
  source.request_stop();
  const std::vector<std::string_view> texts = {"a"};
  EXPECT_THROW(count_words(texts, plain_recipe(), 2, source.get_token()), Interrupted);
}

TEST(WordCounts, PassErrorsOfThreadsOn) {
  const Recipe recipe = recipe_with({{"delete", "(?:a+)+$", ""}, {"split", " ", ""}});
  const std::string text = std::string(5000, 'a') + "b";
  EXPECT_THROW(count_words(std::vector<std::string_view>{"x", text}, recipe, 2, {}), ConfigError);
}

}  // namespace
}  // namespace rnnbench
