#include "harness/runner/unit_statistics.hpp"

#include <gtest/gtest.h>

#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

/// A probe of two reviews, three steps long, of which the second has one word.
class UnitStatistics : public testing::Test {
 protected:
  UnitStatistics() { model_.layers.resize(1); }

  Batch probe(bool padded_at_front = false) const {
    return {ids_, lengths_, labels_, 2, 3, 0, padded_at_front};
  }
  /// The shares of layer 0 of one unit, whose outputs are `values` [3 steps, 2 reviews].
  UnitShares of_one_unit(std::vector<double> values, bool padded_at_front = false) const {
    return unit_shares({{"layers.0", {{3, 2, 1}, std::move(values)}}}, model_, probe(padded_at_front)).at(0);
  }

  std::vector<std::int32_t> ids_ = std::vector<std::int32_t>(6, 1);
  std::vector<std::int32_t> lengths_ = {3, 1};
  std::vector<std::uint8_t> labels_ = {0, 1};
  ModelSpec model_;
};

TEST_F(UnitStatistics, AUnitThatNeverMovesIsDead) {
  EXPECT_EQ(of_one_unit({0.5, 0.5, 0.5, 0.5, 0.5, 0.5}).dead, 1);
  EXPECT_EQ(of_one_unit({0.5, 0.5, 0.5 + 5e-7, 0.5, 0.5, 0.5}).dead, 1);
  EXPECT_EQ(of_one_unit({0.5, 0.5, 0.5 + 2e-6, 0.5, 0.5, 0.5}).dead, 0);
}

// Catches: padding that is looked at, at either end.
TEST_F(UnitStatistics, OnlySlotsWithinTheLengthCount) {
  const std::vector<double> moves_in_back_padding = {0, 0, 0, 0.5, 0, 0.7};
  EXPECT_EQ(of_one_unit(moves_in_back_padding).dead, 1);
  EXPECT_EQ(of_one_unit(moves_in_back_padding, /*padded_at_front=*/true).dead, 0);
  const std::vector<double> moves_in_front_padding = {0, 0.5, 0, 0.7, 0, 0};
  EXPECT_EQ(of_one_unit(moves_in_front_padding).dead, 0);
  EXPECT_EQ(of_one_unit(moves_in_front_padding, true).dead, 1);
}

TEST_F(UnitStatistics, AUnitAtItsBoundIsSaturated) {
  EXPECT_EQ(of_one_unit({0.995, -0.995, 1, 0, -1, 0}).saturated, 1) << "the zeros are padding";
  EXPECT_EQ(of_one_unit({0.995, -0.995, 1, 0, 0.98, 0}).saturated, 0) << "three of four are not 99 %";
}

TEST_F(UnitStatistics, SharesAreOfTheUnits) {
  // Units: dead, saturated, both, neither. Steps: three of review 0, the first of review 1.
  const std::vector<double> values = {0.5, 1,   1, 0.1, 0.5, -1, 1, 0.2, 0.5, 1, 1, 0.3,
                                      0,   0.1, 0, 0,   0.5, 1,  1, 0.4, 0,   0, 0, 0};
  const auto shares = unit_shares({{"layers.0", {{3, 2, 4}, values}}}, model_, probe());
  ASSERT_EQ(shares.size(), 1U);
  EXPECT_EQ(shares[0].dead, 0.5);
  EXPECT_EQ(shares[0].saturated, 0.5);
}

TEST_F(UnitStatistics, OutputsWithoutABoundAreNeverSaturated) {
  model_.layers[0].activation = Activation::kRelu;
  EXPECT_FALSE(of_one_unit({5, 5, 6, 5, 5, 5}).saturated.has_value());
  EXPECT_EQ(of_one_unit({0, 0, 0, 0, 0, 0}).dead, 1);
  model_.dense = {{1, Activation::kRelu, 0}, {1, Activation::kTanh, 0}};
  const auto shares =
      unit_shares({{"dense.0", {{2, 1}, {0, 3}}}, {"dense.1", {{2, 1}, {-1, 1}}}}, model_, probe());
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].dead, 0);
  EXPECT_FALSE(shares[0].saturated.has_value());
  EXPECT_EQ(shares[1].layer, "dense.1");
  EXPECT_EQ(shares[1].saturated, 1);
}

TEST_F(UnitStatistics, NoSlotsGiveNoShares) {
  lengths_ = {0, 0};
  EXPECT_TRUE(unit_shares({{"layers.0", {{3, 2, 1}, std::vector<double>(6)}}}, model_, probe()).empty());
}

TEST_F(UnitStatistics, AreMetricsNamedByLayer) {
  EngineScript script;
  script.activations = {{"layers.0", {{3, 10, 2}, std::vector<double>(60, 0.25)}}};
  FakeEngine engine(script);
  const auto metrics = unit_metrics(engine, model_, tiny_data(false), 7);
  ASSERT_EQ(metrics.size(), 2U);
  EXPECT_EQ(metrics[0].name, "dead_units/layers.0");
  EXPECT_EQ(metrics[0].value, 1);
  EXPECT_EQ(metrics[0].unit, "fraction");
  EXPECT_EQ(metrics[0].split, "train");
  EXPECT_EQ(metrics[0].epoch, 7);
  EXPECT_EQ(metrics[1].name, "saturated_units/layers.0");
  EXPECT_EQ(metrics[1].value, 0);
}

}  // namespace
}  // namespace rnnbench
