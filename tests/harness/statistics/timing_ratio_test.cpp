// Catches: a ratio of the wrong two, an arithmetic mean of ratios, timings that a clock can't have given.
#include "harness/statistics/timing_ratio.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// By hand: ratios 1 and 4 have the geometric mean 2; with one degree of freedom t(0.975) = 12.7062, so that
// the interval is 2 · 2^±12.7062.
TEST(MeanRatio, IsTheGeometricMean) {
  const auto ratio = mean_ratio(Values{5, 5}, Values{5, 20});
  ASSERT_TRUE(ratio) << ratio.why_not();
  EXPECT_EQ(ratio->n, 2);
  EXPECT_NEAR(ratio->ratio, 2, 1e-12);
  EXPECT_NEAR(ratio->interval.high / (2 * std::exp2(12.7062)), 1, 1e-4);
  EXPECT_NEAR(ratio->interval.low * std::exp2(12.7062) / 2, 1, 1e-4);
}

// Fleming and Wallace 1986: the verdict can't hang on which of two machines the numbers are divided by.
TEST(TimingRatio, OfTheSecondToTheFirstIsTheInverse) {
  const Values first = {1.0, 1.1, 0.9, 1.2, 1.0, 1.3, 0.8};
  const Values second = {1.4, 1.4, 1.3, 1.5, 1.2, 1.9, 1.0};
  const auto there = mean_ratio(first, second);
  const auto back = mean_ratio(second, first);
  EXPECT_GT(there->interval.low, 1);
  EXPECT_NEAR(there->ratio * back->ratio, 1, 1e-12);
  EXPECT_NEAR(there->interval.low * back->interval.high, 1, 1e-12);
}

TEST(TimingRatio, SaysWhyThereIsNone) {
  const Values first = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(mean_ratio(first, Values{1, 0, 3, -1, 5, 6}).why_not(),
            "2 of 12 timings are not above 0: the clock stood still or went back");
  EXPECT_EQ(mean_ratio(first, Values{1, 0}).why_not(),
            "6 values and 2 make no pairs: pair them by seed, or compare them unpaired");
  EXPECT_FALSE(mean_ratio(first, first));
}

// One standard error of 5,000 repeats is 0.3 points.
TEST(TimingRatio, CoversAsOftenAsItSays) {
  const double covered = share_of(5'000, [&](RandomStream& random) {
    Values first = normal_values(random, 25);
    Values second = normal_values(random, 25);
    for (double& value : first) value = std::exp(0.1 * value);
    for (double& value : second) value = 1.3 * std::exp(0.1 * value);
    return mean_ratio(first, second)->interval.contains(1.3);
  });
  EXPECT_NEAR(covered, 0.95, 0.01);
}

}  // namespace
}  // namespace rnnbench
