#include "impls/eigen/optimizer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "impls/eigen/clipping.hpp"

namespace rnnbench::eigen {
namespace {

using Flat = Optimizer<double>::Flat;

/// The weight after each of two steps with gradients 0.5 and −0.25, from 1, at rate 0.1.
std::pair<double, double> two_steps(const OptimizerSpec& spec, double scale = 1) {
  Optimizer<double> optimizer(spec, 1);
  Flat weight = Flat::Constant(1, 1.0);
  optimizer.step(weight, Flat::Constant(1, 0.5), 0.1, scale);
  const double first = weight(0);
  optimizer.step(weight, Flat::Constant(1, -0.25), 0.1, scale);
  return {first, weight(0)};
}

OptimizerSpec kind(OptimizerKind kind) {
  OptimizerSpec spec;
  spec.kind = kind;
  return spec;
}

TEST(Optimizer, SgdGoesDownTheGradient) {
  const auto [first, second] = two_steps(kind(OptimizerKind::kSgd));
  EXPECT_NEAR(first, 0.95, 1e-15);
  EXPECT_NEAR(second, 0.975, 1e-15);
}

// v = 0.5, then 0.9 · 0.5 − 0.25 = 0.2.
TEST(Optimizer, SgdMomentumAccumulates) {
  OptimizerSpec spec = kind(OptimizerKind::kSgd);
  spec.momentum = 0.9;
  const auto [first, second] = two_steps(spec);
  EXPECT_NEAR(first, 0.95, 1e-15);
  EXPECT_NEAR(second, 0.93, 1e-15);
}

// g = 0.5 + 0.2 · 1 = 0.7, then −0.25 + 0.2 · 0.93 = −0.064.
TEST(Optimizer, L2IsAddedToTheGradient) {
  OptimizerSpec spec = kind(OptimizerKind::kSgd);
  spec.l2 = 0.2;
  const auto [first, second] = two_steps(spec);
  EXPECT_NEAR(first, 0.93, 1e-15);
  EXPECT_NEAR(second, 0.9364, 1e-15);
}

// First step: m/(1−β₁) = 0.5 and √(v/(1−β₂)) = 0.5. Second: m = 0.9·0.05 − 0.025 = 0.02, over 0.19;
// v = 0.999·0.00025 + 0.0000625 = 0.00031225, over 0.001999.
TEST(Optimizer, AdamCorrectsItsMoments) {
  OptimizerSpec spec = kind(OptimizerKind::kAdam);
  spec.epsilon = 0.01;
  const auto [first, second] = two_steps(spec);
  EXPECT_NEAR(first, 1 - 0.1 * 0.5 / (0.5 + 0.01), 1e-14);
  const double mean = 0.02 / 0.19;
  const double root = std::sqrt(0.00031225 / 0.001999);
  EXPECT_NEAR(second, first - 0.1 * mean / (root + 0.01), 1e-14);
}

// The second moment sees 0.5 + 0.2: with a tiny epsilon the first step is the rate whatever the gradient.
TEST(Optimizer, AdamTakesL2IntoItsMoments) {
  OptimizerSpec spec = kind(OptimizerKind::kAdam);
  spec.l2 = 0.2;
  spec.epsilon = 0.01;
  EXPECT_NEAR(two_steps(spec).first, 1 - 0.1 * 0.7 / (0.7 + 0.01), 1e-14);
}

// Catches: decay that goes through the moments, or is not multiplied by the rate.
TEST(Optimizer, AdamWShrinksTheWeightApartFromTheMoments) {
  OptimizerSpec spec = kind(OptimizerKind::kAdamW);
  spec.decay = 0.2;
  spec.epsilon = 0.01;
  EXPECT_NEAR(two_steps(spec).first, (1 - 0.1 * 0.2) - 0.1 * 0.5 / (0.5 + 0.01), 1e-14);
}

// u = −0.1 · 0.5, then 0.9 · u + 0.1 · 0.25: the rate is in Keras' momentum.
TEST(Optimizer, KerasMomentumCarriesTheRate) {
  OptimizerSpec spec = kind(OptimizerKind::kSgd);
  spec.momentum = 0.9;
  spec.form = UpdateForm::kKeras;
  Optimizer<double> optimizer(spec, 1);
  Flat weight = Flat::Constant(1, 1.0);
  optimizer.step(weight, Flat::Constant(1, 0.5), 0.1, 1);
  EXPECT_NEAR(weight(0), 0.95, 1e-15);
  EXPECT_NEAR(optimizer.first()(0), -0.05, 1e-15);
  optimizer.step(weight, Flat::Constant(1, -0.25), 0.02, 1);
  EXPECT_NEAR(weight(0), 0.95 + 0.9 * -0.05 + 0.02 * 0.25, 1e-15);
}

// v = 0.2 · 0.25 = 0.05; then 0.8 · 0.05 + 0.2 · 0.0625 = 0.0525.
TEST(Optimizer, RmspropDividesByTheRoot) {
  OptimizerSpec spec = kind(OptimizerKind::kRmsprop);
  spec.rho = 0.8;
  spec.epsilon = 0.01;
  const auto [first, second] = two_steps(spec);
  EXPECT_NEAR(first, 1 - 0.1 * 0.5 / (std::sqrt(0.05) + 0.01), 1e-14);
  EXPECT_NEAR(second, first + 0.1 * 0.25 / (std::sqrt(0.0525) + 0.01), 1e-14);
}

TEST(Optimizer, RmspropOfKerasHasEpsilonUnderTheRoot) {
  OptimizerSpec spec = kind(OptimizerKind::kRmsprop);
  spec.form = UpdateForm::kKeras;
  spec.rho = 0.8;
  spec.epsilon = 0.01;
  spec.momentum = 0.5;
  const auto [first, second] = two_steps(spec);
  const double u = 0.1 * 0.5 / std::sqrt(0.05 + 0.01);
  EXPECT_NEAR(first, 1 - u, 1e-14);
  EXPECT_NEAR(second, first - (0.5 * u - 0.1 * 0.25 / std::sqrt(0.0525 + 0.01)), 1e-14);
}

// Keras adds epsilon to the root before its correction: √v = √0.001 · 0.5.
TEST(Optimizer, AdamOfKerasAddsEpsilonBeforeTheCorrection) {
  OptimizerSpec spec = kind(OptimizerKind::kAdam);
  spec.form = UpdateForm::kKeras;
  spec.epsilon = 0.01;
  const double root = std::sqrt(0.001);
  EXPECT_NEAR(two_steps(spec).first, 1 - 0.1 * root / 0.1 * (0.1 * 0.5) / (root * 0.5 + 0.01), 1e-14);
}

// Catches: l2 or decay on weights that are spared, or spared neighbours.
TEST(Optimizer, SparesARangeFromL2AndDecay) {
  for (const OptimizerKind chosen : {OptimizerKind::kSgd, OptimizerKind::kAdamW}) {
    OptimizerSpec spec = kind(chosen);
    spec.l2 = chosen == OptimizerKind::kSgd ? 0.5 : 0;
    spec.decay = chosen == OptimizerKind::kAdamW ? 0.5 : 0;
    Optimizer<double> optimizer(spec, 6, {2, 4});
    Flat weights = Flat::Ones(6);
    optimizer.step(weights, Flat::Zero(6), 0.1, 1);
    for (Index i = 0; i < 6; ++i) EXPECT_NEAR(weights(i), i == 2 || i == 3 ? 1 : 0.95, 1e-15) << i;
  }
}

TEST(Optimizer, ClippingScalesTheGradientBeforeL2) {
  OptimizerSpec spec = kind(OptimizerKind::kSgd);
  spec.l2 = 0.2;
  EXPECT_NEAR(two_steps(spec, 0.5).first, 1 - 0.1 * (0.25 + 0.2), 1e-15);
}

// Catches: the end of the last piece left out, or moments shifted between pieces.
TEST(Optimizer, MovesEveryWeightThatHasAGradientAndNoOther) {
  Optimizer<double> optimizer(kind(OptimizerKind::kAdam), 2500);
  Flat weights = Flat::Zero(2600);
  const Flat gradients = Flat::LinSpaced(2500, 1, 2);
  optimizer.step(weights, gradients, 0.1, 1);
  EXPECT_TRUE(((weights.head(2500) + 0.1).abs() < 1e-6).all());
  EXPECT_TRUE((weights.tail(100) == 0).all());
  EXPECT_TRUE(((optimizer.first() - 0.1 * gradients).abs() < 1e-12).all());
}

TEST(Clipping, FollowsPytorchsRule) {
  EXPECT_EQ(clipping_scale(5, 0), 1);
  EXPECT_EQ(clipping_scale(0.5, 1), 1);
  EXPECT_DOUBLE_EQ(clipping_scale(4, 1), 1 / (4 + 1e-6));
  EXPECT_TRUE(std::isnan(clipping_scale(std::nan(""), 1)));
}

}  // namespace
}  // namespace rnnbench::eigen
