#include "impls/eigen/loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench::eigen {
namespace {

const std::vector<std::uint8_t> kLabels = {1, 0};

TEST(Loss, SoftmaxIsCrossEntropyOfTwoClasses) {
  Matrix<double> logits(2, 2);
  logits << 0.5, 1.5, 2.0, -1.0;
  const double first = std::exp(1.5) / (std::exp(0.5) + std::exp(1.5));
  const double second = std::exp(-1.0) / (std::exp(2.0) + std::exp(-1.0));
  EXPECT_NEAR(positive_probability<double>(Head::kSoftmax, logits, 0), first, 1e-15);
  const BatchLoss loss = loss_and_gradient<double>(Head::kSoftmax, kLabels, logits);
  EXPECT_NEAR(loss.mean, -(std::log(first) + std::log(1 - second)) / 2, 1e-15);
  EXPECT_EQ(loss.correct, 2);
  EXPECT_NEAR(logits(0, 0), (1 - first) / 2, 1e-15);
  EXPECT_NEAR(logits(0, 1), (first - 1) / 2, 1e-15);
  EXPECT_NEAR(logits(1, 0), -second / 2, 1e-15);
  EXPECT_NEAR(logits(1, 1), second / 2, 1e-15);
}

TEST(Loss, SigmoidIsBinaryCrossEntropy) {
  Matrix<double> logits(2, 1);
  logits << -0.3, 0.8;
  const double first = 1 / (1 + std::exp(0.3));
  const double second = 1 / (1 + std::exp(-0.8));
  const BatchLoss loss = loss_and_gradient<double>(Head::kSigmoid, kLabels, logits);
  EXPECT_NEAR(loss.mean, -(std::log(first) + std::log(1 - second)) / 2, 1e-15);
  EXPECT_EQ(loss.correct, 0);
  EXPECT_NEAR(logits(0), (first - 1) / 2, 1e-15);
  EXPECT_NEAR(logits(1), second / 2, 1e-15);
}

// Catches: the loss from probabilities, which is infinite or no number here.
TEST(Loss, StaysFiniteForLargeLogits) {
  Matrix<float> logits(2, 1);
  logits << -200, 200;
  EXPECT_EQ(positive_probability<float>(Head::kSigmoid, logits, 0), 0);
  EXPECT_EQ(positive_probability<float>(Head::kSigmoid, logits, 1), 1);
  const BatchLoss loss = loss_and_gradient<float>(Head::kSigmoid, kLabels, logits);
  EXPECT_FLOAT_EQ(static_cast<float>(loss.mean), 200);
  EXPECT_FLOAT_EQ(logits(0), -0.5F);
}

TEST(Loss, OfNanIsNan) {
  Matrix<float> logits = Matrix<float>::Constant(2, 2, std::nanf(""));
  EXPECT_TRUE(std::isnan(loss_and_gradient<float>(Head::kSoftmax, kLabels, logits).mean));
}

}  // namespace
}  // namespace rnnbench::eigen
