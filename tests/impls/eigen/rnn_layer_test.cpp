#include "impls/eigen/rnn_layer.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace rnnbench::eigen {
namespace {

constexpr double kInput = 0.7;       // w
constexpr double kRecurrent = -0.4;  // u
constexpr double kInputBias = 0.2;
constexpr double kRecurrentBias = -0.05;

/// One unit, one feature: everything can be written down.
class OneUnit : public testing::Test {
 protected:
  OneUnit() : weights_(spec(), 1), layer_(weights_, "layers.0.", spec().layers[0]) {
    weights_.weight("layers.0.input_kernel")(0) = kInput;
    weights_.weight("layers.0.recurrent_kernel")(0) = kRecurrent;
    weights_.weight("layers.0.input_bias")(0) = kInputBias;
    weights_.weight("layers.0.recurrent_bias")(0) = kRecurrentBias;
    input_ << 1.5, -0.5;
    layer_.reset(1);
  }

  static ModelSpec spec() {
    ModelSpec model;
    model.embedding.size = 1;
    model.layers.resize(1);
    model.layers[0].units = 1;
    return model;
  }

  double gradient(const std::string& name) { return weights_.gradient("layers.0." + name)(0); }

  WeightStore<double> weights_;
  RnnLayer<double> layer_;
  Matrix<double> input_{2, 1};
  const double bias_ = kInputBias + kRecurrentBias;
  const double first_ = std::tanh(kInput * 1.5 + bias_);
  const double second_ = std::tanh(kInput * -0.5 + kRecurrent * first_ + bias_);
};

TEST_F(OneUnit, WalksTwoStepsAsTheFormulaSays) {
  const MatrixMap<double> states = layer_.forward(input_);
  EXPECT_NEAR(states(0), first_, 1e-15);
  EXPECT_NEAR(states(1), second_, 1e-15);
}

TEST_F(OneUnit, ContinuesFromTheStateWhereItStands) {
  EXPECT_NEAR(layer_.forward(input_.topRows(1))(0), first_, 1e-15);
  EXPECT_NEAR(layer_.forward(input_.bottomRows(1))(0), second_, 1e-15);
}

// With L = 2 h_1 + 3 h_2: ∂L/∂a_2 = 3 (1 − h_2²) and ∂L/∂a_1 = (2 + u ∂L/∂a_2)(1 − h_1²).
TEST_F(OneUnit, WalksBackAsTheChainRuleSays) {
  layer_.forward(input_);
  Matrix<double> gradient_by_states(2, 1);
  gradient_by_states << 2, 3;
  Matrix<double> gradient_by_input(2, 1);
  layer_.backward(input_, gradient_by_states, gradient_by_input);
  const double second = 3 * (1 - second_ * second_);
  const double first = (2 + kRecurrent * second) * (1 - first_ * first_);
  EXPECT_NEAR(gradient("input_kernel"), first * 1.5 + second * -0.5, 1e-14);
  EXPECT_NEAR(gradient("recurrent_kernel"), second * first_, 1e-14);
  EXPECT_NEAR(gradient("input_bias"), first + second, 1e-14);
  EXPECT_NEAR(gradient("recurrent_bias"), first + second, 1e-14);
  EXPECT_NEAR(gradient_by_input(0), first * kInput, 1e-14);
  EXPECT_NEAR(gradient_by_input(1), second * kInput, 1e-14);
}

TEST_F(OneUnit, ResetForgetsTheState) {
  layer_.forward(input_);
  layer_.reset(1);
  EXPECT_NEAR(layer_.forward(input_)(0), first_, 1e-15);
}

}  // namespace
}  // namespace rnnbench::eigen
