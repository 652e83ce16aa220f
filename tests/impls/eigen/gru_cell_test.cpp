#include "impls/eigen/gru_cell.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/impls/eigen/one_unit.hpp"

namespace rnnbench::eigen::gru_cell_test {
namespace {

// Gates r, z, n.
const std::vector<double> kInput = {0.5, -0.3, 0.8};
const std::vector<double> kRecurrent = {-0.6, 0.4, 1.1};
const std::vector<double> kInputBias = {0.1, 1, -0.2};
const std::vector<double> kRecurrentBias = {0.05, -0.1, 0.15};

struct Step {
  double r, z, n, h;
};

Step step(double input, double hidden, bool reset_after) {
  const auto argument = [&](std::size_t k, double state) {
    return kInput[k] * input + kInputBias[k] + kRecurrent[k] * state + kRecurrentBias[k];
  };
  Step s{logistic(argument(0, hidden)), logistic(argument(1, hidden)), 0, 0};
  s.n =
      reset_after
          ? std::tanh(kInput[2] * input + kInputBias[2] + s.r * (kRecurrent[2] * hidden + kRecurrentBias[2]))
          : std::tanh(argument(2, s.r * hidden));
  s.h = (1 - s.z) * s.n + s.z * hidden;
  return s;
}

class GruCellTest : public testing::TestWithParam<bool> {
 protected:
  GruCellTest() : layer_(spec()) {
    layer_.set("input_kernel", kInput);
    layer_.set("recurrent_kernel", kRecurrent);
    layer_.set("input_bias", kInputBias);
    layer_.set("recurrent_bias", kRecurrentBias);
  }

  static LayerSpec spec() {
    LayerSpec layer = one_unit(Cell::kGru);
    layer.reset_after = GetParam();
    return layer;
  }

  OneUnitLayer layer_;
  const Step first_ = step(1.5, 0, GetParam());
  const Step second_ = step(-0.5, first_.h, GetParam());
};

TEST_P(GruCellTest, WalksTwoStepsAsTheFormulasSay) {
  const std::vector<double> outputs = layer_.forward({1.5, -0.5});
  EXPECT_NEAR(outputs[0], first_.h, 1e-15);
  EXPECT_NEAR(outputs[1], second_.h, 1e-15);
}

// Of L = h_2 after the first step, where h_1 is given: ∂L/∂b of each gate of the second step alone.
TEST_P(GruCellTest, WalksBackAsTheChainRuleSays) {
  layer_.forward({1.5});
  layer_.forward({-0.5});
  layer_.backward({1});
  const Step& s = second_;
  const double n = (1 - s.z) * (1 - s.n * s.n);
  const double z = (first_.h - s.n) * s.z * (1 - s.z);
  const double product = kRecurrent[2] * first_.h + kRecurrentBias[2];
  const double r = n * (GetParam() ? product : kRecurrent[2] * first_.h) * s.r * (1 - s.r);
  EXPECT_NEAR(layer_.gradient("input_bias", 0), r, 1e-14);
  EXPECT_NEAR(layer_.gradient("input_bias", 1), z, 1e-14);
  EXPECT_NEAR(layer_.gradient("input_bias", 2), n, 1e-14);
  EXPECT_NEAR(layer_.gradient("recurrent_bias", 2), GetParam() ? n * s.r : n, 1e-14);
  EXPECT_NEAR(layer_.gradient("recurrent_kernel", 2), n * s.r * first_.h, 1e-14);
  EXPECT_NEAR(layer_.gradient("recurrent_kernel", 0), r * first_.h, 1e-14);
}

// Catches: the two conventions taken for one another.
TEST(GruCell, ConventionsDiffer) {
  EXPECT_GT(std::abs(step(-0.5, 0.4, true).h - step(-0.5, 0.4, false).h), 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Conventions, GruCellTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "reset_after" : "reset_before"; });

}  // namespace
}  // namespace rnnbench::eigen::gru_cell_test
