#include "harness/data/splits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;
using Rows = std::vector<std::uint32_t>;

/// `train` and `test` reviews; every third is positive.
ReviewSet reviews(std::size_t train, std::size_t test, bool parts = true) {
  ReviewSet set;
  for (std::size_t i = 0; i < train + test; ++i) {
    const Part part = !parts ? Part::kNone : i < train ? Part::kTrain : Part::kTest;
    set.add("text", i % 3 == 0, part, -1, 0);
  }
  return set;
}

DataSpec fractions(SplitKind kind, double train, double validation, double test, std::uint64_t seed = 0) {
  DataSpec spec;
  spec.split = {kind, train, validation, test, seed};
  return spec;
}

long positive(const ReviewSet& set, const Rows& rows) {
  return std::ranges::count_if(rows, [&](std::uint32_t row) { return set.reviews()[row].label == 1; });
}

TEST(Splits, FollowTheSourceAndTakeValidationFromTheEndOfTrain) {
  DataSpec spec;
  spec.validation = 0.4;
  const Split split = split_reviews(reviews(5, 3), spec);
  EXPECT_THAT(split.train, ElementsAre(0, 1, 2));
  EXPECT_THAT(split.validation, ElementsAre(3, 4));
  EXPECT_THAT(split.test, ElementsAre(5, 6, 7));
}

TEST(Splits, NameTheRemedyWhereTheSourceHasNoParts) {
  EXPECT_THAT([] { split_reviews(reviews(2, 2, false), DataSpec{}); },
              ThrowsMessage<ConfigError>(HasSubstr("kind = \"shuffled\"")));
}

TEST(Splits, CutInOrderByFractions) {
  const Split split =
      split_reviews(reviews(50'000, 0, false), fractions(SplitKind::kInOrder, 0.64, 0.16, 0.2));
  EXPECT_EQ(split.train.size(), 32'000U);
  EXPECT_EQ(split.validation.size(), 8'000U);
  EXPECT_EQ(split.test.size(), 10'000U);
  EXPECT_EQ(split.train.back(), 31'999U);
  EXPECT_EQ(split.validation.front(), 32'000U);
  EXPECT_EQ(split.test.back(), 49'999U);
}

TEST(Splits, TakeValidationFromTheTrainFraction) {
  DataSpec spec = fractions(SplitKind::kInOrder, 0.8, 0, 0.2);
  spec.validation = 0.2;
  const Split split = split_reviews(reviews(50'000, 0), spec);
  EXPECT_EQ(split.train.size(), 32'000U);
  EXPECT_EQ(split.validation.size(), 8'000U);
}

TEST(Splits, ShuffleBySeedAndLoseNothing) {
  const ReviewSet set = reviews(101, 0, false);
  const Split one = split_reviews(set, fractions(SplitKind::kShuffled, 0.6, 0.2, 0.2, 1));
  const Split again = split_reviews(set, fractions(SplitKind::kShuffled, 0.6, 0.2, 0.2, 1));
  const Split other = split_reviews(set, fractions(SplitKind::kShuffled, 0.6, 0.2, 0.2, 2));
  EXPECT_EQ(one.train, again.train);
  EXPECT_NE(one.train, other.train);
  Rows all = one.train;
  all.insert(all.end(), one.validation.begin(), one.validation.end());
  all.insert(all.end(), one.test.begin(), one.test.end());
  EXPECT_FALSE(std::ranges::is_sorted(all));
  std::ranges::sort(all);
  Rows expected(101);
  std::iota(expected.begin(), expected.end(), 0U);
  EXPECT_EQ(all, expected);
}

TEST(Splits, LimitEachPartByLabelInOrder) {
  const ReviewSet set = reviews(3000, 300);
  DataSpec spec;
  spec.validation = 0.1;
  spec.limit = {600, 60, 30, 5};
  const Split split = split_reviews(set, spec);
  EXPECT_EQ(split.train.size(), 600U);
  EXPECT_EQ(split.validation.size(), 60U);
  EXPECT_EQ(split.test.size(), 30U);
  EXPECT_EQ(positive(set, split.train), 200);
  EXPECT_EQ(positive(set, split.validation), 20);
  EXPECT_EQ(positive(set, split.test), 10);
  EXPECT_TRUE(std::ranges::is_sorted(split.train));
  EXPECT_LT(split.train.back(), 2700U);
  EXPECT_GE(split.validation.front(), 2700U);
}

TEST(Splits, DrawSmallerLimitsFromLargerOnesOfTheSameSeed) {
  const ReviewSet set = reviews(3000, 0);
  DataSpec spec;
  spec.limit.train = 300;
  const Rows small = split_reviews(set, spec).train;
  spec.limit.train = 900;
  EXPECT_TRUE(std::ranges::includes(split_reviews(set, spec).train, small));
  spec.limit.seed = 1;
  EXPECT_FALSE(std::ranges::includes(split_reviews(set, spec).train, small));
}

TEST(Splits, TakeAllWhereTheLimitIsLarger) {
  DataSpec spec;
  spec.limit = {10, 10, 10, 0};
  EXPECT_THAT(split_reviews(reviews(3, 2), spec).train, ElementsAre(0, 1, 2));
}

TEST(Splits, HandleOneLabelOnly) {
  ReviewSet set;
  for (int i = 0; i < 10; ++i) set.add("text", 1, Part::kTrain, i, 0);
  DataSpec spec;
  spec.limit.train = 4;
  const Split split = split_reviews(set, spec);
  EXPECT_EQ(split.train.size(), 4U);
  EXPECT_THAT(split.test, IsEmpty());
}

TEST(Splits, DropFromEarlierPartsWhatStandsInLaterOnes) {
  ReviewSet set;
  for (const char* text : {"a", "b", "c", "d", "b", "e"}) set.add(text, 0, Part::kTrain, -1, 0);
  for (const char* text : {"c", "e", "f"}) set.add(text, 1, Part::kTest, -1, 0);
  DataSpec spec;
  spec.validation = 0.34;  // "b" and "e"
  EXPECT_THAT(split_reviews(set, spec).train, ElementsAre(0, 1, 2, 3));
  spec.drop_repeats = true;
  const Split split = split_reviews(set, spec);
  EXPECT_THAT(split.train, ElementsAre(0, 3));
  EXPECT_THAT(split.validation, ElementsAre(4));
  EXPECT_THAT(split.test, ElementsAre(6, 7, 8));
}

TEST(Splits, RefuseToTrainOnNothing) {
  EXPECT_THROW(split_reviews(ReviewSet(), DataSpec{}), ConfigError);
  EXPECT_THROW(split_reviews(reviews(0, 3), DataSpec{}), ConfigError);
  EXPECT_THROW(split_reviews(reviews(3, 0), fractions(SplitKind::kInOrder, 0.1, 0, 0.9)), ConfigError);
}

}  // namespace
}  // namespace rnnbench
