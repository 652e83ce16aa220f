#include "harness/runner/evaluate.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace rnnbench {
namespace {

TEST(Judge, GivesMeanCrossEntropyAndShareOfRightReviews) {
  const std::vector<std::uint8_t> labels = {1, 0, 1, 0};
  const Evaluation evaluation = judge({0.9F, 0.2F, 0.4F, 0.5F}, labels);
  EXPECT_DOUBLE_EQ(evaluation.accuracy, 0.5);  // a tie is called positive
  EXPECT_NEAR(evaluation.loss, -(std::log(0.9) + std::log(0.8) + std::log(0.4) + std::log(0.5)) / 4, 1e-7);
}

TEST(Judge, StaysFiniteAtCertainMistakes) {
  const std::vector<std::uint8_t> labels = {1, 0};
  EXPECT_NEAR(judge({0.0F, 1.0F}, labels).loss, -std::log(1e-7), 1e-9);
}

TEST(Judge, CallsNoNumberWrongAndItsLossNoNumber) {
  const std::vector<std::uint8_t> labels = {1, 0};
  const Evaluation evaluation = judge({std::nanf(""), std::nanf("")}, labels);
  EXPECT_EQ(evaluation.accuracy, 0.0);
  EXPECT_TRUE(std::isnan(evaluation.loss));
}

}  // namespace
}  // namespace rnnbench
