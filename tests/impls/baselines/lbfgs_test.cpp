#include "impls/baselines/lbfgs.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace rnnbench {
namespace {

/// Half of Σ scale · (x − target)², scales a thousandfold apart.
double valley(std::span<const double> at, std::span<double> gradient) {
  double value = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double scale = std::pow(10.0, static_cast<double>(i)), off = at[i] - static_cast<double>(i);
    value += scale * off * off / 2;
    gradient[i] = scale * off;
  }
  return value;
}

TEST(Lbfgs, FindsTheLeastPoint) {
  std::vector<double> at = {5, -5, 5, -5};
  double last = 1e300;
  EXPECT_TRUE(minimise(valley, at, {1e-10, 100}, [&](int /*step*/, double value) {
    EXPECT_LE(value, last);
    last = value;
  }));
  for (std::size_t i = 0; i < at.size(); ++i) EXPECT_NEAR(at[i], static_cast<double>(i), 1e-6);
}

TEST(Lbfgs, EndsAfterTheMostSteps) {
  std::vector<double> at = {5, -5, 5, -5};
  int steps = 0;
  EXPECT_FALSE(minimise(valley, at, {1e-10, 3}, [&](int step, double /*value*/) { steps = step; }));
  EXPECT_EQ(steps, 3);
}

TEST(Lbfgs, TakesOneStepWhereItStartsAtTheLeastPoint) {
  std::vector<double> at = {0, 1};
  int steps = 0;
  EXPECT_TRUE(minimise(valley, at, {1e-5, 10}, [&](int step, double /*value*/) { steps = step; }));
  EXPECT_EQ(steps, 1);
  EXPECT_EQ(at, (std::vector<double>{0, 1}));
}

}  // namespace
}  // namespace rnnbench
