#include "impls/baselines/logistic_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

/// Rows (1, 2), (0, 0), (-1, 0.5).
CsrMatrix three_rows() { return {{0, 2, 2, 4}, {0, 1, 0, 1}, {1, 2, -1, 0.5}}; }
const std::vector<std::uint8_t> kLabels = {1, 0, 0};

TEST(LogisticLoss, IsThatOfAWorkedExample) {
  std::vector<double> gradient(3);
  double cross_entropy = 0;
  const std::vector<double> model = {0, 0, 0};
  EXPECT_NEAR(logistic_loss(three_rows(), kLabels, 2, model, gradient, cross_entropy), 6 * std::log(2.0),
              1e-12);
  EXPECT_NEAR(cross_entropy, 3 * std::log(2.0), 1e-12);
  EXPECT_NEAR(gradient[0], 2 * (-0.5 * 1 + 0.5 * -1), 1e-12);
  EXPECT_NEAR(gradient[1], 2 * (-0.5 * 2 + 0.5 * 0.5), 1e-12);
  EXPECT_NEAR(gradient[2], 2 * 0.5, 1e-12);
}

TEST(LogisticLoss, HasTheGradientOfFiniteDifferences) {
  const std::vector<double> model = {0.7, -1.3, 0.4};
  std::vector<double> gradient(3), ignored(3);
  double cross_entropy = 0;
  logistic_loss(three_rows(), kLabels, 3, model, gradient, cross_entropy);
  for (std::size_t i = 0; i < model.size(); ++i) {
    constexpr double kStep = 1e-6;
    std::vector<double> up = model, down = model;
    up[i] += kStep;
    down[i] -= kStep;
    const double slope = (logistic_loss(three_rows(), kLabels, 3, up, ignored, cross_entropy) -
                          logistic_loss(three_rows(), kLabels, 3, down, ignored, cross_entropy)) /
                         (2 * kStep);
    EXPECT_NEAR(gradient[i], slope, 1e-7) << i;
  }
}

TEST(LogisticLoss, StaysFiniteFarOut) {
  std::vector<double> gradient(3);
  double cross_entropy = 0;
  const std::vector<double> model = {1000, 0, -5000};
  EXPECT_NEAR(logistic_loss(three_rows(), kLabels, 1, model, gradient, cross_entropy), 500'000 + 4000, 1e-6);
  EXPECT_EQ(sigmoid(-5000), 0);
  EXPECT_EQ(sigmoid(5000), 1);
}

}  // namespace
}  // namespace rnnbench
