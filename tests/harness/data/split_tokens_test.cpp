#include "harness/data/split_tokens.hpp"

#include <gmock/gmock.h>

#include "harness/data/encoder.hpp"
#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

std::vector<std::int32_t> tokens_of_row(const TokenRows& rows, std::size_t i) {
  const auto row = rows.review(i);
  return {row.begin(), row.end()};
}

// The recipe's length is 6: the review of eight words is whole all the same.
TEST(SplitTokens, AreWholeReviewsByRank) {
  const ReviewSet reviews = reviews_of({"b a a", "c B", "b b b b b b b b"}, {"", "a new c"});
  const SplitTokens data = split_tokens(reviews, {}, plain_recipe(), 2, {});
  EXPECT_THAT(data.words, ElementsAre("b", "a", "c"));
  EXPECT_THAT(tokens_of_row(data.train, 0), ElementsAre(0, 1, 1));
  EXPECT_THAT(tokens_of_row(data.train, 1), ElementsAre(2, 0));
  EXPECT_EQ(data.train.review(2).size(), 8U);
  EXPECT_THAT(data.train.labels, ElementsAre(0, 1, 0));
  EXPECT_EQ(data.validation.reviews(), 0U);
  EXPECT_THAT(tokens_of_row(data.test, 0), ElementsAre());
  EXPECT_THAT(tokens_of_row(data.test, 1), ElementsAre(1, kUncounted, 2));
}

// Predictions of both kinds of runs are compared review by review.
TEST(SplitTokens, HaveThePartsLabelsAndDigestsOfTheEncodedData) {
  const ReviewSet reviews = reviews_of({"a", "b", "c a", "d", "e b"}, {"a", "c"});
  DataSpec spec;
  spec.validation = 0.4;
  const SplitTokens tokens = split_tokens(reviews, spec, plain_recipe(), 0, {});
  const EncodedImage image = encode_reviews(reviews, spec, plain_recipe(), std::string(64, 'a'), 0, {});
  const EncodedData encoded = open_image(image.memory(), image.bytes(), std::string(64, 'a'));
  const auto expect_same = [](const TokenRows& rows, const EncodedPart& part) {
    EXPECT_EQ(rows.digest, part.digest);
    EXPECT_THAT(rows.labels, ElementsAreArray(part.labels));
    EXPECT_THAT(rows.ratings, ElementsAreArray(part.ratings));
    EXPECT_THAT(rows.plain_words, ElementsAreArray(part.plain_words));
  };
  expect_same(tokens.train, encoded.train);
  expect_same(tokens.validation, encoded.validation);
  expect_same(tokens.test, encoded.test);
  EXPECT_EQ(tokens.validation.reviews(), 2U);
}

TEST(SplitTokens, OneTextIsEncodedAsTheReviewsAre) {
  const TokenRows row = token_row("A new b", plain_recipe(), {"b", "a"});
  EXPECT_THAT(row.tokens, ElementsAre(1, kUncounted, 0));
  EXPECT_EQ(row.reviews(), 1U);
  EXPECT_EQ(token_row("", plain_recipe(), {"b"}).review(0).size(), 0U);
}

}  // namespace
}  // namespace rnnbench
