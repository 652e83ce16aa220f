#include "harness/metrics/accuracy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

TEST(Accuracy, IsTheShareOfRightReviewsWithTiesCalledPositive) {
  const std::vector<float> positive = {0.9F, 0.2F, 0.4F, 0.5F, 0.5F};
  const std::vector<std::uint8_t> labels = {1, 0, 1, 0, 1};
  EXPECT_DOUBLE_EQ(accuracy(positive, labels), 0.6);
}

TEST(Accuracy, CallsNoNumberWrong) {
  const std::vector<float> positive = {std::nanf(""), std::nanf("")};
  const std::vector<std::uint8_t> labels = {1, 0};
  EXPECT_EQ(accuracy(positive, labels), 0.0);
}

}  // namespace
}  // namespace rnnbench
