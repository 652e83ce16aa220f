// Catches: an error taken relative to the wrong tensor, NaN or infinity that passes, a shape ignored.
#include "harness/parity/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace rnnbench {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The only error of comparing two tensors named "w".
ParityError compared(const std::vector<double>& actual, const std::vector<double>& expected) {
  ParityFindings findings;
  findings.begin("group", "check", Precision::kSingle);
  const auto size = [](const auto& values) { return std::vector<std::int64_t>{std::ssize(values)}; };
  findings.compare_tensors("gradients", {{"w", {size(actual), actual}}}, {{"w", {size(expected), expected}}},
                           ParityBounds::kGradients);
  EXPECT_EQ(findings.errors().size(), 1U);
  return findings.errors().at(0);
}

TEST(ParityFindings, IsRelativeToTheLargestEntry) {
  const ParityError error = compared({1e-3, -50}, {2e-3, -50});
  EXPECT_NEAR(error.error, 1e-3 / 50, 1e-12);
  EXPECT_TRUE(error.passed());
  EXPECT_EQ(error.tensor, "w");
  EXPECT_EQ(error.precision, "float32");
  EXPECT_FALSE(compared({-50.1}, {-50}).passed());
}

TEST(ParityFindings, ZerosMustBeZeros) {
  EXPECT_TRUE(compared({0, -0.0}, {0, 0}).passed());
  EXPECT_FALSE(compared({0, 1e-300}, {0, 0}).passed());
  EXPECT_FALSE(compared({0, 0}, {0, 1e-300}).passed());
}

TEST(ParityFindings, WhatIsNotFiniteNeverPasses) {
  EXPECT_FALSE(compared({kNan, 1}, {kNan, 1}).passed());
  EXPECT_FALSE(compared({1, kNan}, {1, 1}).passed());
  EXPECT_FALSE(compared({kInfinity}, {kInfinity}).passed());
  EXPECT_FALSE(compared({kNan}, {0}).passed());
  EXPECT_FALSE(compared({1}, {kInfinity}).passed());
}

TEST(ParityFindings, ShapesMustAgree) {
  const ParityError error = compared({1, 2}, {1});
  EXPECT_FALSE(error.passed());
  EXPECT_EQ(error.problem, "has shape [2], in the reference [1]");
}

TEST(ParityFindings, MissingTensorsOfEitherSideAreNamed) {
  ParityFindings findings;
  findings.compare_tensors("gradients", {{"a", {{1}, {1}}}}, {{"b", {{1}, {1}}}}, 1e-4);
  ASSERT_EQ(findings.errors().size(), 2U);
  EXPECT_EQ(findings.errors()[0].problem, "is missing in the reference");
  EXPECT_EQ(findings.errors()[1].problem, "is missing in the candidate");
  EXPECT_FALSE(findings.errors()[1].passed());
}

TEST(ParityFindings, UpdatesAreRelativeToTheLargestMovement) {
  ParityFindings findings;
  findings.compare_updates({{"w", {{2}, {100, 100}}}}, {{"w", {{2}, {100.1, 100 + 2e-7}}}},
                           {{"w", {{2}, {100.1, 100}}}}, ParityBounds::kUpdate);
  EXPECT_NEAR(findings.errors().at(0).error, 2e-6, 1e-8);
  EXPECT_FALSE(findings.errors().at(0).passed());
}

TEST(ParityFindings, NumbersAndProbabilities) {
  ParityFindings findings;
  findings.compare_number("loss", "", 0.70001, 0.7, 1e-5);
  EXPECT_FALSE(findings.errors()[0].passed());
  findings.compare_number("loss", "", kNan, kNan, 1e-5);
  EXPECT_FALSE(findings.errors()[1].passed());
  findings.compare_probabilities(std::vector<float>{0.5F, NAN}, std::vector<float>{0.5F, 0.5F});
  EXPECT_FALSE(findings.errors()[2].passed());
  findings.compare_probabilities(std::vector<float>{0.5F, 0.25F}, std::vector<float>{0.5F, 0.25F});
  EXPECT_TRUE(findings.errors()[3].passed());
}

}  // namespace
}  // namespace rnnbench
