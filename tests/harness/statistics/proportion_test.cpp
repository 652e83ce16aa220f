// Catches: Wald's interval in the place of Wilson's, a one-sided quantile, bounds beyond 0 and 1.
#include "harness/statistics/proportion.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
TEST(WilsonInterval, AgreesWithNewcombe) {
  const auto near = [](const Interval& interval, double low, double high) {
    EXPECT_NEAR(interval.low, low, 5e-5);
    EXPECT_NEAR(interval.high, high, 5e-5);
  };
  near(wilson_interval(81, 263), 0.2553, 0.3662);
  near(wilson_interval(15, 148), 0.0624, 0.1605);
  near(wilson_interval(0, 20), 0, 0.1611);
  near(wilson_interval(1, 29), 0.0061, 0.1718);
}

TEST(WilsonInterval, IsSymmetricAndKnowsNothingOfNoTrials) {
  EXPECT_NEAR(wilson_interval(29, 29).low, 1 - wilson_interval(0, 29).high, 1e-12);
  EXPECT_EQ(wilson_interval(29, 29).high, 1);
  EXPECT_EQ(wilson_interval(0, 0).low, 0);
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
}

}  // namespace
}  // namespace rnnbench
