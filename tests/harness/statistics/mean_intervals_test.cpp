// Catches: a variance with n, normal quantiles, n degrees of freedom, a quantile of one side, a prediction
// interval that forgets the mean's own error or is the mean's, a constant sample that gets an interval.
#include "harness/statistics/mean_intervals.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// Hahn and Meeker 1991, "Statistical Intervals", chapter 4: the voltage outputs of five circuit packs, mean
// 50.10 and deviation 1.31, have the 95 % interval of the mean 48.47 to 51.73 and the 95 % prediction
// interval of one more 46.1 to 54.1.
TEST(MeanIntervals, AgreeWithHahnAndMeekersCircuitPacks) {
  const Values volts = {51.4, 49.5, 48.7, 49.3, 51.6};
  const auto mean = t_interval(volts);
  ASSERT_TRUE(mean);
  EXPECT_EQ(mean->n, 5);
  EXPECT_NEAR(mean->mean, 50.10, 1e-9);
  EXPECT_NEAR(mean->deviation, 1.31, 0.005);
  EXPECT_NEAR(mean->interval.low, 48.47, 0.005);
  EXPECT_NEAR(mean->interval.high, 51.73, 0.005);
  const auto more = prediction_interval(volts);
  ASSERT_TRUE(more);
  EXPECT_NEAR(more->interval.low, 46.1, 0.05);
  EXPECT_NEAR(more->interval.high, 54.1, 0.05);
}

// t(0.95, 2) is 2.919986: see equivalence_test.cpp.
TEST(MeanIntervals, TakeTheConfidenceAskedFor) {
  const auto mean = t_interval(Values{1, 2, 3}, 0.9);
  EXPECT_NEAR(mean->interval.high, 2 + 2.919986 / std::sqrt(3), 1e-6);
  EXPECT_NEAR(prediction_interval(Values{1, 2, 3}, 0.9)->interval.high, 2 + 2.919986 * std::sqrt(4 / 3.0),
              1e-6);
}

TEST(MeanIntervals, AreAsWideAsTheirHalfWidthSays) {
  const Values values = {1, 2, 4};
  const auto mean = t_interval(values, 0.9);
  EXPECT_DOUBLE_EQ(half_width_of_mean(moments_of(values), 0.9), mean->interval.high - mean->mean);
  EXPECT_TRUE(std::isnan(half_width_of_mean(moments_of(Values{1}))));
  EXPECT_EQ(half_width_of_mean(moments_of(Values{1, 1})), 0);
}

TEST(MeanIntervals, SayWhyThereIsNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const auto interval : {t_interval, prediction_interval}) {
    EXPECT_EQ(interval(Values{}, 0.95).why_not(), "n = 0: at least 2 values are needed");
    EXPECT_EQ(interval(Values{1}, 0.95).why_not(), "n = 1: at least 2 values are needed");
    EXPECT_EQ(interval(Values{1, nan, infinity}, 0.95).why_not(),
              "2 of 3 values are NaN or infinite: look at those runs, and leave them out");
    EXPECT_EQ(interval(Values{0.83, 0.83, 0.83}, 0.95).why_not(),
              "all 3 values are alike (0.83): nothing is known of their spread");
    EXPECT_EQ(interval(Values{0.1 + 0.2, 0.3}, 0.95).why_not(),
              "all 2 values are alike (0.3): nothing is known of their spread");
    EXPECT_EQ(interval(Values{1e300, -1e300}, 0.95).why_not(),
              "the values are too large to be squared: take another unit");
  }
}

// One standard error of 20,000 repeats is 0.15 points.
TEST(MeanIntervals, CoverAsOftenAsTheySay) {
  for (const std::size_t n : {3U, 5U, 20U}) {
    const double covered = share_of(20'000, [&](RandomStream& random) {
      return t_interval(normal_values(random, n))->interval.contains(0);
    });
    EXPECT_NEAR(covered, 0.95, 0.01) << n << " values";
    const double predicted = share_of(20'000, [&](RandomStream& random) {
      const double more = random.normal();
      return prediction_interval(normal_values(random, n))->interval.contains(more);
    });
    EXPECT_NEAR(predicted, 0.95, 0.01) << n << " values";
  }
}

}  // namespace
}  // namespace rnnbench
