#include "harness/metrics/brier_score.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rnnbench {
namespace {

TEST(BrierScore, IsTheMeanSquareOffTheLabel) {
  const std::vector<float> positive = {0.75F, 0.25F, 0.5F};
  const std::vector<std::uint8_t> labels = {1, 1, 0};
  EXPECT_DOUBLE_EQ(brier_score(positive, labels), (0.0625 + 0.5625 + 0.25) / 3);
}

TEST(BrierScore, IsZeroWhereAllIsCertainAndRight) {
  EXPECT_EQ(brier_score(std::vector<float>{1, 0}, std::vector<std::uint8_t>{1, 0}), 0.0);
}

}  // namespace
}  // namespace rnnbench
