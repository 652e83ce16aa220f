#include "results/query/review_counts.hpp"

#include <cmath>

#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using ReviewCountsTest = VerdictTest;

// Labels are 1, 0, 1, 0: the first is right on reviews 1, 2 and 4, the second on 1 and 3.
TEST_F(ReviewCountsTest, CountsWhatOnlyOneCalledRight) {
  add(trial("eigen"), 1, {.positive = {0.9F, 0.1F, 0.2F, 0.3F}});
  add(trial("eigen"), 2, {.positive = {0.5F, 0.5F, 0.6F, 0.7F}});
  Database database(path_);
  const PredictionPair pair = predictions_of(database, 1, 2);
  ASSERT_TRUE(pair.counts);
  EXPECT_EQ(pair.counts->reviews, 4);
  EXPECT_EQ(pair.counts->first_only, 2);
  EXPECT_EQ(pair.counts->second_only, 1);
}

TEST_F(ReviewCountsTest, GivesNoneWithoutPredictionsOfBothOnTheSameReviews) {
  add(trial("eigen"), 1, {.positive = {1, 0}});
  add(trial("eigen"), 2);
  add(trial("eigen"), 3, {.positive = {1, 0}, .reviews = "others"});
  Database database(path_);
  EXPECT_FALSE(predictions_of(database, 1, 2).counts);
  EXPECT_FALSE(predictions_of(database, 1, 2).are_of_other_reviews);
  EXPECT_FALSE(predictions_of(database, 1, 3).counts);
  EXPECT_TRUE(predictions_of(database, 1, 3).are_of_other_reviews);
}

}  // namespace
}  // namespace rnnbench
