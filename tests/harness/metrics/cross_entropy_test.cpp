#include "harness/metrics/cross_entropy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

TEST(CrossEntropy, IsTheMeanOverReviews) {
  const std::vector<float> positive = {0.9F, 0.2F, 0.4F, 0.5F};
  const std::vector<std::uint8_t> labels = {1, 0, 1, 0};
  EXPECT_NEAR(cross_entropy(positive, labels),
              -(std::log(0.9) + std::log(0.8) + std::log(0.4) + std::log(0.5)) / 4, 1e-7);
}

TEST(CrossEntropy, StaysFiniteAtCertainMistakes) {
  const std::vector<float> positive = {0.0F, 1.0F};
  const std::vector<std::uint8_t> labels = {1, 0};
  EXPECT_NEAR(cross_entropy(positive, labels), -std::log(1e-7), 1e-9);
}

TEST(CrossEntropy, OfNoNumberIsNone) {
  const std::vector<float> positive = {0.5F, std::nanf("")};
  const std::vector<std::uint8_t> labels = {1, 0};
  EXPECT_TRUE(std::isnan(cross_entropy(positive, labels)));
}

}  // namespace
}  // namespace rnnbench
