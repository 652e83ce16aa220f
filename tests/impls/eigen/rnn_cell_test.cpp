#include "impls/eigen/rnn_cell.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/impls/eigen/one_unit.hpp"

namespace rnnbench::eigen::rnn_cell_test {
namespace {

constexpr double kInput = 0.7;       // w
constexpr double kRecurrent = -0.4;  // u
constexpr double kInputBias = 0.2;
constexpr double kRecurrentBias = -0.05;

class RnnCellTest : public testing::Test {
 protected:
  RnnCellTest() {
    layer_.set("input_kernel", {kInput});
    layer_.set("recurrent_kernel", {kRecurrent});
    layer_.set("input_bias", {kInputBias});
    layer_.set("recurrent_bias", {kRecurrentBias});
  }

  OneUnitLayer layer_{one_unit(Cell::kRnn)};
  const std::vector<double> inputs_ = {1.5, -0.5};
  const double bias_ = kInputBias + kRecurrentBias;
  const double first_ = std::tanh(kInput * 1.5 + bias_);
  const double second_ = std::tanh(kInput * -0.5 + kRecurrent * first_ + bias_);
};

TEST_F(RnnCellTest, WalksTwoStepsAsTheFormulaSays) {
  const std::vector<double> states = layer_.forward(inputs_);
  EXPECT_NEAR(states[0], first_, 1e-15);
  EXPECT_NEAR(states[1], second_, 1e-15);
}

TEST_F(RnnCellTest, ContinuesFromTheStateWhereItStands) {
  EXPECT_NEAR(layer_.forward({1.5})[0], first_, 1e-15);
  EXPECT_NEAR(layer_.forward({-0.5})[0], second_, 1e-15);
}

// With L = 2 h_1 + 3 h_2: ∂L/∂a_2 = 3 (1 − h_2²) and ∂L/∂a_1 = (2 + u ∂L/∂a_2)(1 − h_1²).
TEST_F(RnnCellTest, WalksBackAsTheChainRuleSays) {
  layer_.forward(inputs_);
  const std::vector<double> by_input = layer_.backward({2, 3});
  const double second = 3 * (1 - second_ * second_);
  const double first = (2 + kRecurrent * second) * (1 - first_ * first_);
  EXPECT_NEAR(layer_.gradient("input_kernel"), first * 1.5 + second * -0.5, 1e-14);
  EXPECT_NEAR(layer_.gradient("recurrent_kernel"), second * first_, 1e-14);
  EXPECT_NEAR(layer_.gradient("input_bias"), first + second, 1e-14);
  EXPECT_NEAR(layer_.gradient("recurrent_bias"), first + second, 1e-14);
  EXPECT_NEAR(by_input[0], first * kInput, 1e-14);
  EXPECT_NEAR(by_input[1], second * kInput, 1e-14);
}

TEST_F(RnnCellTest, ResetForgetsTheState) {
  layer_.forward(inputs_);
  layer_.reset();
  EXPECT_NEAR(layer_.forward(inputs_)[0], first_, 1e-15);
}

TEST(RnnCell, ReluCutsOffBelowZero) {
  LayerSpec relu = one_unit(Cell::kRnn);
  relu.activation = Activation::kRelu;
  OneUnitLayer layer(relu);
  layer.set("input_kernel", {2});
  layer.set("recurrent_kernel", {-1});
  EXPECT_EQ(layer.forward({1.5, 0.5, 1}), (std::vector<double>{3, 0, 2}));
  EXPECT_EQ(layer.backward({1, 1, 1}), (std::vector<double>{2, 0, 2}));
}

}  // namespace
}  // namespace rnnbench::eigen::rnn_cell_test
