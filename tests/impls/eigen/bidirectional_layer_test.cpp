#include "impls/eigen/bidirectional_layer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/impls/eigen/one_unit.hpp"

namespace rnnbench::eigen {
namespace {

LayerSpec bidirectional() {
  LayerSpec spec = one_unit(Cell::kRnn);
  spec.bidirectional = true;
  return spec;
}

/// Onward h_t = tanh(x_t + h_{t−1}); homeward h_t = tanh(2 x_t − h_{t+1}).
struct BothWays : OneUnitLayer {
  BothWays() : OneUnitLayer(bidirectional()) {
    set("input_kernel", {1});
    set("recurrent_kernel", {1});
    set("backward.input_kernel", {2});
    set("backward.recurrent_kernel", {-1});
  }
};

// Catches: the homeward output left in reversed order, or begun at the wrong end.
TEST(BidirectionalLayer, PutsBothDirectionsSideBySide) {
  const std::vector<double> outputs = BothWays().forward({0.3, -0.2});
  const double onward = std::tanh(0.3);
  const double homeward = std::tanh(2 * -0.2);
  EXPECT_NEAR(outputs[0], onward, 1e-15);
  EXPECT_NEAR(outputs[1], std::tanh(2 * 0.3 - homeward), 1e-15);
  EXPECT_NEAR(outputs[2], std::tanh(-0.2 + onward), 1e-15);
  EXPECT_NEAR(outputs[3], homeward, 1e-15);
}

// The last step's homeward output depends on the last input only, the first step's onward one on the first.
TEST(BidirectionalLayer, SendsGradientsToTheInputsTheyCameFrom) {
  BothWays both;
  both.forward({0.3, -0.2});
  const std::vector<double> by_input = both.backward({1, 0, 0, 1});
  EXPECT_NEAR(by_input[0], 1 - std::pow(std::tanh(0.3), 2), 1e-15);
  EXPECT_NEAR(by_input[1], 2 * (1 - std::pow(std::tanh(-0.4), 2)), 1e-15);
}

// Front padding is masked in both directions: the outputs are those of the words alone.
TEST(BidirectionalLayer, MaskHoldsInBothDirections) {
  const std::vector<std::uint8_t> masked = {1, 0, 0};
  const std::vector<double> padded = BothWays().forward({7, 0.3, -0.2}, masked);
  const std::vector<double> alone = BothWays().forward({0.3, -0.2});
  EXPECT_EQ(padded[0], 0);
  EXPECT_EQ(padded[1], alone[1]);
  EXPECT_EQ(std::vector(padded.begin() + 2, padded.end()), alone);
}

}  // namespace
}  // namespace rnnbench::eigen
