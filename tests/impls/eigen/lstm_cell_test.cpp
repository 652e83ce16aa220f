#include "impls/eigen/lstm_cell.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/impls/eigen/one_unit.hpp"

namespace rnnbench::eigen::lstm_cell_test {
namespace {

// Gates i, f, g, o: all different, so that an order of another kind shows.
const std::vector<double> kInput = {0.5, -0.3, 0.8, 0.2};
const std::vector<double> kRecurrent = {-0.6, 0.4, 0.1, 0.7};
const std::vector<double> kInputBias = {0.1, 1, -0.2, 0.3};
const std::vector<double> kRecurrentBias = {0.05, -0.1, 0.15, -0.2};

/// Gates and states of one step, from the formulas.
struct Step {
  double i, f, g, o, c, h;
};

Step step(double input, double memory, double hidden) {
  const auto argument = [&](std::size_t k) {
    return kInput[k] * input + kInputBias[k] + kRecurrent[k] * hidden + kRecurrentBias[k];
  };
  Step s{logistic(argument(0)), logistic(argument(1)), std::tanh(argument(2)), logistic(argument(3)), 0, 0};
  s.c = s.f * memory + s.i * s.g;
  s.h = s.o * std::tanh(s.c);
  return s;
}

class LstmCellTest : public testing::Test {
 protected:
  LstmCellTest() {
    layer_.set("input_kernel", kInput);
    layer_.set("recurrent_kernel", kRecurrent);
    layer_.set("input_bias", kInputBias);
    layer_.set("recurrent_bias", kRecurrentBias);
  }

  OneUnitLayer layer_{one_unit(Cell::kLstm)};
  const Step first_ = step(1.5, 0, 0);
  const Step second_ = step(-0.5, first_.c, first_.h);
};

TEST_F(LstmCellTest, WalksTwoStepsAsTheFormulasSay) {
  const std::vector<double> outputs = layer_.forward({1.5, -0.5});
  EXPECT_NEAR(outputs[0], first_.h, 1e-15);
  EXPECT_NEAR(outputs[1], second_.h, 1e-15);
}

// Of L = h_2, by the chain rule written out for both steps.
TEST_F(LstmCellTest, WalksBackAsTheChainRuleSays) {
  layer_.forward({1.5, -0.5});
  const std::vector<double> by_input = layer_.backward({0, 1});
  const auto arguments = [](const Step& s, double by_hidden, double by_memory, double memory_before) {
    const double t = std::tanh(s.c);
    const double c = by_memory + by_hidden * s.o * (1 - t * t);
    return std::vector<double>{c * s.g * s.i * (1 - s.i), c * memory_before * s.f * (1 - s.f),
                               c * s.i * (1 - s.g * s.g), by_hidden * t * s.o * (1 - s.o), c * s.f};
  };
  const std::vector<double> late = arguments(second_, 1, 0, first_.c);
  double by_hidden = 0;
  for (std::size_t k = 0; k < 4; ++k) by_hidden += late[k] * kRecurrent[k];
  const std::vector<double> early = arguments(first_, by_hidden, late[4], 0);
  double by_first_input = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    const auto gate = static_cast<Index>(k);
    EXPECT_NEAR(layer_.gradient("input_kernel", gate), early[k] * 1.5 + late[k] * -0.5, 1e-14) << k;
    EXPECT_NEAR(layer_.gradient("recurrent_kernel", gate), late[k] * first_.h, 1e-14) << k;
    EXPECT_NEAR(layer_.gradient("input_bias", gate), early[k] + late[k], 1e-14) << k;
    EXPECT_NEAR(layer_.gradient("recurrent_bias", gate), early[k] + late[k], 1e-14) << k;
    by_first_input += early[k] * kInput[k];
  }
  EXPECT_NEAR(by_input[0], by_first_input, 1e-14);
}

// Catches: a masked step that keeps h and lets c go on.
TEST_F(LstmCellTest, MaskedStepKeepsBothStates) {
  const std::vector<std::uint8_t> masked = {0, 1, 0};
  const std::vector<double> outputs = layer_.forward({1.5, 9, -0.5}, masked);
  EXPECT_NEAR(outputs[1], first_.h, 1e-15);
  EXPECT_NEAR(outputs[2], second_.h, 1e-15);
}

}  // namespace
}  // namespace rnnbench::eigen::lstm_cell_test
