#include "impls/eigen/dropout.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "harness/core/philox.hpp"

namespace rnnbench::eigen {
namespace {

Matrix<float> mask_of(double rate, std::uint32_t site, DropoutDraw draw, Index rows = 300,
                      Index columns = 70) {
  Dropout<float> dropout(rate, site);
  Matrix<float> ones = Matrix<float>::Ones(rows, columns);
  return dropout.forward({ones.data(), rows, columns}, draw);
}

// Catches: lanes that mix, a counter that starts elsewhere.
TEST(Dropout, LanesAreThePhiloxOfTheHarness) {
  PhiloxWords words;
  philox_lanes(64, {0, 7, 8, 9}, {5, 6}, words);
  for (std::uint32_t l = 0; l < kPhiloxLanes; ++l) {
    const auto expected = philox4x32({64 + l, 7, 8, 9}, {5, 6});
    for (std::size_t w = 0; w < 4; ++w) EXPECT_EQ(words[w][l], expected[w]) << w << " " << l;
  }
}

class DropoutRate : public testing::TestWithParam<double> {};

TEST_P(DropoutRate, IsMetAndTheRestIsScaled) {
  const double rate = GetParam();
  const Matrix<float> mask = mask_of(rate, 3, {1, 1});
  const auto dropped = static_cast<double>((mask.array() == 0).count());
  const auto count = static_cast<double>(mask.size());
  EXPECT_NEAR(dropped / count, rate, 4 * std::sqrt(rate * (1 - rate) / count));
  const auto kept = static_cast<float>(1 / (1 - rate));
  EXPECT_TRUE((mask.array() == 0 || mask.array() == kept).all());
}

INSTANTIATE_TEST_SUITE_P(Rates, DropoutRate, testing::Values(0.1, 0.3, 0.6, 0.999));

TEST(Dropout, DependsOnSeedStepSiteAndElementOnly) {
  const Matrix<float> mask = mask_of(0.5, 3, {1, 1});
  EXPECT_TRUE(mask == mask_of(0.5, 3, {1, 1}));
  EXPECT_FALSE(mask == mask_of(0.5, 3, {2, 1}));
  EXPECT_FALSE(mask == mask_of(0.5, 3, {1, 2}));
  EXPECT_FALSE(mask == mask_of(0.5, 4, {1, 1}));
  EXPECT_FALSE(mask == mask_of(0.5, 3, {1, std::uint64_t{1} << 32U | 1}));
  EXPECT_FALSE(mask == mask_of(0.5, 3, {std::uint64_t{1} << 32U | 1, 1}));
  EXPECT_TRUE(mask.topRows(13) == mask_of(0.5, 3, {1, 1}, 13));
}

TEST(Dropout, SitesNeverMeet) {
  EXPECT_NE(dropout_site(DropoutKind::kLayerOutput, 1), dropout_site(DropoutKind::kDense, 1));
  EXPECT_NE(dropout_site(DropoutKind::kDense, 0), dropout_site(DropoutKind::kDense, 1));
}

TEST(Dropout, PassesEverythingWithoutADraw) {
  Dropout<float> dropout(0.5, 0);
  Matrix<float> input = Matrix<float>::Random(4, 5);
  EXPECT_EQ(dropout.forward({input.data(), 4, 5}, std::nullopt).data(), input.data());
  Matrix<float> gradient = input;
  dropout.backward({gradient.data(), 4, 5});
  EXPECT_TRUE(gradient == input);
}

TEST(Dropout, GradientPassesWhereTheValueDid) {
  Dropout<float> dropout(0.5, 0);
  Matrix<float> input = Matrix<float>::Ones(4, 50);
  const Matrix<float> output = dropout.forward({input.data(), 4, 50}, DropoutDraw{1, 1});
  Matrix<float> gradient = input;
  dropout.backward({gradient.data() + 100, 2, 50}, 2);
  EXPECT_TRUE(gradient.bottomRows(2) == output.bottomRows(2));
  dropout.backward({gradient.data(), 2, 50});
  EXPECT_TRUE(gradient == output);
}

}  // namespace
}  // namespace rnnbench::eigen
