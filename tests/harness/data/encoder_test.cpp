#include "harness/data/encoder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::ElementsAreArray;

const std::string kKey(64, 'a');

EncodedData encode(const ReviewSet& reviews, const Recipe& recipe, const DataSpec& spec = {},
                   int threads = 2) {
  const EncodedImage image = encode_reviews(reviews, spec, recipe, kKey, threads, {});
  return open_image(image.memory(), image.bytes(), kKey);
}

TEST(EncodeReviews, PlacesWordsByRankAndKeepsLengthsAndLabels) {
  const EncodedData data = encode(reviews_of({"b a a", "c B"}, {"a new a b"}), plain_recipe());
  EXPECT_THAT(data.words, ElementsAre("b", "a", "c"));
  EXPECT_EQ(data.time, 6);
  EXPECT_EQ(data.vocabulary, 50);
  EXPECT_THAT(data.train.ids, ElementsAre(2, 3, 3, 0, 0, 0, 4, 2, 0, 0, 0, 0));
  EXPECT_THAT(data.train.lengths, ElementsAre(3, 2));
  EXPECT_THAT(data.train.labels, ElementsAre(0, 1));
  EXPECT_THAT(data.test.ids, ElementsAre(3, 1, 3, 2, 0, 0));
  EXPECT_EQ(data.validation.reviews(), 0U);
}

TEST(EncodeReviews, CountWordsOverTrainOrOverAll) {
  const ReviewSet reviews = reviews_of({"a a b"}, {"c c c b b"});
  Recipe recipe = plain_recipe();
  EXPECT_THAT(encode(reviews, recipe).words, ElementsAre("a", "b"));
  recipe.vocabulary_from_all = true;
  EXPECT_THAT(encode(reviews, recipe).words, ElementsAre("b", "c", "a"));
}

TEST(EncodeReviews, CountNeitherValidationNorWhatALimitLeavesOut) {
  DataSpec spec;
  spec.validation = 0.5;
  EXPECT_THAT(encode(reviews_of({"a", "b", "c", "d"}, {}), plain_recipe(), spec).words,
              ElementsAre("a", "b"));
  spec.validation = 0;
  spec.limit.train = 2;
  EXPECT_EQ(encode(reviews_of({"a", "b", "c", "d"}, {}), plain_recipe(), spec).words.size(), 2U);
}

TEST(EncodeReviews, CutTheVocabularyAtItsSize) {
  Recipe recipe = plain_recipe();
  recipe.vocabulary = 4;
  recipe.length = 4;
  const EncodedData data = encode(reviews_of({"a a a b b c"}, {"c b a d"}), recipe);
  EXPECT_THAT(data.words, ElementsAre("a", "b"));
  EXPECT_THAT(data.test.ids, ElementsAre(1, 3, 2, 1));
  EXPECT_EQ(data.vocabulary, 4);
}

TEST(EncodeReviews, PutTheStartSymbolFirstAndCutItLikeAnyOther) {
  Recipe recipe = plain_recipe();
  recipe.start_id = 1;
  recipe.unknown_id = 2;
  recipe.first_word_id = 4;
  recipe.length = 3;
  recipe.padding = End::kFront;
  recipe.truncation = End::kFront;
  const EncodedData data = encode(reviews_of({"a", "a b b", ""}, {}), recipe);
  EXPECT_THAT(data.train.ids, ElementsAre(0, 1, 4, 4, 5, 5, 0, 0, 1));  // a is seen first
  EXPECT_THAT(data.train.lengths, ElementsAre(2, 3, 1));
  EXPECT_TRUE(data.padded_at_front);
}

TEST(EncodeReviews, EncodeATextAsTheRows) {
  const std::vector<std::string> texts = {"the film the end", "a b c d e f g h i", "", "film unknown",
                                          "\xFF x"};
  Recipe recipe = recipe_with(
      {{"lower", "", ""}, {"split", " ", ""}, {"drop", "english-198", ""}, {"stem", "porter", ""}});
  for (const auto& [padding, truncation] : {std::pair(End::kFront, End::kFront),
                                            {End::kFront, End::kBack},
                                            {End::kBack, End::kFront},
                                            {End::kBack, End::kBack}}) {
    recipe.padding = padding;
    recipe.truncation = truncation;
    recipe.vocabulary = 8;
    const EncodedData data = encode(reviews_of(texts, {}), recipe);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const EncodedText text = encode_text(texts[i], recipe, data.words);
      EXPECT_THAT(text.ids, ElementsAreArray(data.rows(data.train, i, 1).ids)) << texts[i];
      EXPECT_EQ(text.length, data.train.lengths[i]);
    }
  }
}

TEST(EncodeReviews, DontDependOnTheNumberOfThreads) {
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back(fmt::format("w{} w{}", i * 7 % 31, i % 13));
  const ReviewSet reviews = reviews_of(texts, {"w1 w2"});
  const EncodedImage one = encode_reviews(reviews, {}, plain_recipe(), kKey, 1, {});
  for (const int threads : {2, 5, 200}) {
    const EncodedImage many = encode_reviews(reviews, {}, plain_recipe(), kKey, threads, {});
    EXPECT_TRUE(std::ranges::equal(many.bytes(), one.bytes())) << threads;
  }
}

TEST(EncodeReviews, TakeHostileTexts) {
  using namespace std::string_literals;
  const EncodedData data = encode(
      reviews_of({"", "\xFF\xFE", std::string(1'000'000, 'x'), "the", "a\0b"s, "\xC3"}, {}), plain_recipe());
  EXPECT_THAT(data.train.lengths, ElementsAre(0, 1, 1, 1, 1, 1));
  EXPECT_THAT(data.words, ElementsAre("\xFF\xFE", std::string(1'000'000, 'x'), "the", "a\0b"s, "\xC3"));
}

TEST(EncodeReviews, EncodeReviewsOfStopWordsOnlyAsPadding) {
  const Recipe recipe = recipe_with({{"split", " ", ""}, {"drop", "english-198", ""}});
  const EncodedData data = encode(reviews_of({"the and"}, {"of"}), recipe);
  EXPECT_THAT(data.train.ids, Each(0));
  EXPECT_TRUE(data.words.empty());
}

TEST(EncodeReviews, DigestPartsByTextLabelAndOrderAlone) {
  const ReviewSet reviews = reviews_of({"a b", "c"}, {"a b", "c"});
  const EncodedData data = encode(reviews, plain_recipe());
  EXPECT_EQ(data.train.digest.size(), 64U);
  EXPECT_EQ(data.train.digest, data.test.digest);
  EXPECT_EQ(encode(reviews, recipe_with({{"split", "b", ""}})).train.digest, data.train.digest);
  const EncodedData others = encode(reviews_of({"a ", "bc"}, {"c", "a b"}), plain_recipe());
  EXPECT_NE(others.train.digest, data.train.digest);
  EXPECT_NE(others.test.digest, data.test.digest);
}

TEST(EncodingKey, ChangesWithDataSplitAndRecipeButNotWithItsName) {
  const Recipe recipe = plain_recipe();
  const std::string key = encoding_key("f", {}, recipe);
  EXPECT_EQ(key.size(), 64U);
  Recipe renamed = recipe;
  renamed.name = "other";
  EXPECT_EQ(encoding_key("f", {}, renamed), key);
  Recipe longer = recipe;
  longer.length = 7;
  EXPECT_NE(encoding_key("f", {}, longer), key);
  DataSpec limited;
  limited.limit.train = 3;
  EXPECT_NE(encoding_key("f", limited, recipe), key);
  EXPECT_NE(encoding_key("g", {}, recipe), key);
}

}  // namespace
}  // namespace rnnbench
