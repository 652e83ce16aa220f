// Catches: 1 in a bin of its own, a border in the lower bin, labels in the place of probabilities.
#include "harness/metrics/reliability.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

TEST(Reliability, PutsEachReviewIntoOneBin) {
  const std::vector<float> positive = {0.0F, 0.05F, 0.5F, 0.55F, 1.0F, 0.95F};
  const std::vector<std::uint8_t> labels = {0, 1, 1, 0, 1, 1};
  const ReliabilityBins bins = reliability_bins(positive, labels);
  EXPECT_EQ(bins[0].reviews, 2);
  EXPECT_EQ(bins[0].positive, 1);
  EXPECT_NEAR(bins[0].mean_probability(), 0.025, 1e-8);
  EXPECT_EQ(bins[4].reviews, 0);
  EXPECT_TRUE(std::isnan(bins[4].positive_share()));
  EXPECT_EQ(bins[5].reviews, 2);
  EXPECT_DOUBLE_EQ(bins[5].positive_share(), 0.5);
  EXPECT_EQ(bins[9].reviews, 2);
  EXPECT_NEAR(bins[9].mean_probability(), 0.975, 1e-7);
  EXPECT_DOUBLE_EQ(bins[9].low, 0.9);
  EXPECT_DOUBLE_EQ(bins[9].high, 1);
}

}  // namespace
}  // namespace rnnbench
