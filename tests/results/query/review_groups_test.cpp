#include "results/query/review_groups.hpp"

#include <gmock/gmock.h>

#include <numeric>

namespace rnnbench {
namespace {

using testing::ElementsAre;

TEST(ReviewGroups, AreFifthsByLengthTheShortestFirst) {
  std::vector<std::uint32_t> words(10);
  std::iota(words.rbegin(), words.rend(), 1U);  // 10, 9, … 1
  const auto groups = groups_by_length(words);
  ASSERT_EQ(groups.size(), 5U);
  EXPECT_EQ(groups[0].low, 1);
  EXPECT_EQ(groups[0].high, 2);
  EXPECT_EQ(groups[0].middle, 1.5);
  EXPECT_THAT(groups[0].reviews, ElementsAre(8, 9));
  EXPECT_THAT(groups[4].reviews, ElementsAre(0, 1));
}

TEST(ReviewGroups, KeepEqualLengthsTogetherAndEveryReviewOnce) {
  const std::vector<std::uint32_t> words = {5, 5, 5, 5, 5, 5, 5, 0, 9, 5};
  const auto groups = groups_by_length(words);
  std::size_t reviews = 0;
  for (const ReviewGroup& group : groups) reviews += group.reviews.size();
  EXPECT_EQ(reviews, words.size());
  EXPECT_EQ(groups.back().high, 9);
  EXPECT_EQ(groups_by_length(std::vector<std::uint32_t>(20, 3)).size(), 1U);
  EXPECT_TRUE(groups_by_length({}).empty());
}

TEST(ReviewGroups, AreOneARatingWithoutUnratedReviews) {
  const std::vector<std::uint8_t> ratings = {10, 0, 1, 10, 4};
  const auto groups = groups_by_rating(ratings);
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_THAT(groups[0].reviews, ElementsAre(2));
  EXPECT_EQ(groups[2].middle, 10);
  EXPECT_THAT(groups[2].reviews, ElementsAre(0, 3));
}

TEST(ReviewGroups, CountWhatIsCalledRight) {
  const std::vector<std::uint8_t> ratings = {1, 1, 10, 10};
  const auto accuracies = accuracies_of(groups_by_rating(ratings), std::vector<float>{0.5F, 0.4F, 0.5F, 0.6F},
                                        std::vector<std::uint8_t>{0, 0, 1, 1});
  ASSERT_EQ(accuracies.size(), 2U);
  EXPECT_EQ(accuracies[0].right, 1);
  EXPECT_EQ(accuracies[0].reviews, 2);
  EXPECT_EQ(accuracies[1].right, 2);
}

}  // namespace
}  // namespace rnnbench
