// Catches: classes swapped, a tie on the wrong side, 0 where nothing was to be divided by.
#include "harness/metrics/confusion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

// Called positive: the first four, of which three are; of the six others two are.
const std::vector<float> kPositive = {0.9F, 0.8F, 0.5F, 0.6F, 0.1F, 0.2F, 0.3F, 0.4F, 0.0F, 0.49F};
const std::vector<std::uint8_t> kLabels = {1, 1, 1, 0, 1, 1, 0, 0, 0, 0};

TEST(Confusion, CountsEachReviewOnce) {
  const Confusion counts = confusion(kPositive, kLabels);
  EXPECT_EQ(counts.true_positive, 3);
  EXPECT_EQ(counts.false_positive, 1);
  EXPECT_EQ(counts.false_negative, 2);
  EXPECT_EQ(counts.true_negative, 4);
}

TEST(Confusion, GivesPrecisionRecallAndF1) {
  EXPECT_DOUBLE_EQ(precision(kPositive, kLabels), 3.0 / 4);
  EXPECT_DOUBLE_EQ(recall(kPositive, kLabels), 3.0 / 5);
  EXPECT_DOUBLE_EQ(f1(kPositive, kLabels), 2 * 0.75 * 0.6 / (0.75 + 0.6));
}

TEST(Confusion, WithoutPositivesHasWhatIsDefined) {
  const std::vector<float> none = {0.1F, 0.2F};
  const std::vector<std::uint8_t> one_positive = {1, 0};
  EXPECT_TRUE(std::isnan(precision(none, one_positive)));
  EXPECT_EQ(recall(none, one_positive), 0.0);
  EXPECT_EQ(f1(none, one_positive), 0.0);
  const std::vector<std::uint8_t> all_negative = {0, 0};
  EXPECT_TRUE(std::isnan(recall(none, all_negative)));
  EXPECT_TRUE(std::isnan(f1(none, all_negative)));
}

}  // namespace
}  // namespace rnnbench
