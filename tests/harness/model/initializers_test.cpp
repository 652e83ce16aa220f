#include "harness/model/initializers.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace rnnbench {
namespace {

RandomStream stream() { return {7, 11}; }

struct Moments {
  double mean = 0;
  double deviation = 0;
  double least = 0;
  double most = 0;
};

Moments moments(const std::vector<float>& values) {
  Moments m;
  const auto count = static_cast<double>(values.size());
  for (const float value : values) m.mean += value / count;
  for (const float value : values) m.deviation += (value - m.mean) * (value - m.mean) / count;
  m.deviation = std::sqrt(m.deviation);
  m.least = *std::min_element(values.begin(), values.end());
  m.most = *std::max_element(values.begin(), values.end());
  return m;
}

// The reference values of the function's authors for the empty text, "a" and "foobar".
TEST(Initializers, StreamIsFnv1aOfTheName) {
  EXPECT_EQ(stream_of(""), 0xcbf29ce484222325U);
  EXPECT_EQ(stream_of("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(stream_of("foobar"), 0x85944171f73967e8U);
}

TEST(Initializers, UniformFillsItsBounds) {
  RandomStream random = stream();
  const Moments m = moments(uniform_within(0.25, 100000, random));
  EXPECT_NEAR(m.mean, 0, 0.002);
  EXPECT_NEAR(m.deviation, 0.25 / std::sqrt(3.0), 0.002);
  EXPECT_GE(m.least, -0.25);
  EXPECT_LE(m.most, 0.25);
  EXPECT_LT(m.least, -0.249);
  EXPECT_GT(m.most, 0.249);
}

TEST(Initializers, NormalHasMeanZeroAndVarianceOne) {
  RandomStream random = stream();
  const std::vector<float> values = standard_normal(100000, random);
  const Moments m = moments(values);
  EXPECT_NEAR(m.mean, 0, 0.015);
  EXPECT_NEAR(m.deviation, 1, 0.01);
  const auto within = std::count_if(values.begin(), values.end(), [](float v) { return std::abs(v) < 1; });
  EXPECT_NEAR(static_cast<double>(within) / 100000, 0.6827, 0.006);
}

TEST(Initializers, GlorotBoundCountsInputsAndOutputs) {
  RandomStream random = stream();
  const std::vector<float> kernel = glorot_uniform(512, 32, random);
  ASSERT_EQ(kernel.size(), 512U * 32U);
  const double bound = std::sqrt(6.0 / 544.0);
  const Moments m = moments(kernel);
  EXPECT_LE(m.most, bound);
  EXPECT_GE(m.least, -bound);
  EXPECT_NEAR(m.deviation, bound / std::sqrt(3.0), 0.01 * bound);
}

class Orthogonal : public testing::TestWithParam<std::pair<int, int>> {};

// Catches: a gate block left out, rows normalised in place of columns.
TEST_P(Orthogonal, ColumnsAreOrthonormal) {
  const auto [rows, columns] = GetParam();
  RandomStream random = stream();
  const std::vector<float> kernel = orthogonal(rows, columns, random);
  ASSERT_EQ(kernel.size(), static_cast<std::size_t>(rows * columns));
  for (int a = 0; a < columns; ++a) {
    for (int b = 0; b <= a; ++b) {
      double product = 0;
      for (int r = 0; r < rows; ++r) product += double{kernel[r * columns + a]} * kernel[r * columns + b];
      EXPECT_NEAR(product, a == b ? 1 : 0, 1e-5);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Orthogonal,
                         testing::Values(std::pair(1, 1), std::pair(64, 64), std::pair(240, 60)));

// Where R's diagonal is positive, the first column of Q points along the first drawn column.
TEST(Initializers, OrthogonalKeepsTheSignOfTheDraw) {
  RandomStream random = stream();
  RandomStream same = stream();
  const std::vector<float> kernel = orthogonal(8, 4, random);
  const std::vector<float> drawn = standard_normal(8, same);
  double length = 0;
  for (const float value : drawn) length += double{value} * value;
  for (int r = 0; r < 8; ++r) EXPECT_NEAR(kernel[r * 4], drawn[r] / std::sqrt(length), 1e-6);
}

TEST(Initializers, LstmBiasIsOneForTheForgetGate) {
  EXPECT_THAT(lstm_bias(2), testing::ElementsAre(0, 0, 1, 1, 0, 0, 0, 0));
}

}  // namespace
}  // namespace rnnbench
