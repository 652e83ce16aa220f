// Catches: ranks that are one off on either side, a normal approximation of the ranks, tails of different
// levels, the smallest and largest value given out at a level they don't reach.
#include "harness/statistics/order_statistics.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// Hogg and Tanis, "Probability and Statistical Inference", distribution-free intervals for percentiles: of
// the lengths in cm of nine fish the median lies between 19.0 and 30.1, the second and the eighth, with 96.1
// %.
TEST(MedianInterval, AgreesWithHoggAndTanisFish) {
  const auto median = median_interval(Values{32.5, 27.6, 29.3, 30.1, 15.5, 21.7, 22.8, 21.2, 19.0});
  ASSERT_TRUE(median) << median.why_not();
  EXPECT_EQ(median->value, 22.8);
  EXPECT_EQ(median->interval.low, 19.0);
  EXPECT_EQ(median->interval.high, 30.1);
  EXPECT_EQ(median->low_rank, 2);
  EXPECT_EQ(median->high_rank, 8);
  EXPECT_NEAR(median->coverage, 0.961, 0.0005);
}

Values up_to(int n) {
  Values values;
  for (int i = n; i >= 1; --i) values.push_back(i);
  return values;
}

// By hand: 1 − 2/64; 1 − 2 · (1 + 10)/1024; and the 40th and 61st of 100, from the table of the binomial
// distribution.
TEST(MedianInterval, TakesTheRanksOfTheBinomialDistribution) {
  EXPECT_DOUBLE_EQ(median_interval(up_to(6))->coverage, 1 - 2 / 64.0);
  EXPECT_DOUBLE_EQ(median_interval(up_to(10))->coverage, 1 - 22 / 1024.0);
  EXPECT_EQ(median_interval(up_to(10))->low_rank, 2);
  EXPECT_EQ(median_interval(up_to(10))->high_rank, 9);
  EXPECT_EQ(median_interval(up_to(100))->low_rank, 40);
  EXPECT_EQ(median_interval(up_to(100))->high_rank, 61);
  EXPECT_EQ(median_interval(up_to(10))->value, 5.5);
}

// P(B ≤ 1) = 0.0243 and P(B ≤ 2) = 0.0913 of Binomial(20, 1/4); P(B ≥ 10) = 0.0139 and P(B ≥ 9) = 0.0409.
TEST(QuantileInterval, TakesRanksWithNoMoreThanATailOnEitherSide) {
  const auto quarter = quantile_interval(up_to(20), 0.25);
  ASSERT_TRUE(quarter);
  EXPECT_EQ(quarter->low_rank, 2);
  EXPECT_EQ(quarter->high_rank, 10);
  EXPECT_NEAR(quarter->coverage, 1 - 0.0243 - 0.0139, 1e-4);
  EXPECT_EQ(quarter->value, 5.75);
  const auto upper = quantile_interval(up_to(20), 0.75);
  EXPECT_EQ(upper->low_rank, 11);
  EXPECT_EQ(upper->high_rank, 19);
}

TEST(QuantileInterval, SaysHowManyValuesTheLevelNeeds) {
  EXPECT_EQ(median_interval(up_to(5)).why_not(),
            "n = 5: the order statistics reach 95 % only from 6 values on");
  EXPECT_EQ(median_interval(up_to(7), 0.99).why_not(),
            "n = 7: the order statistics reach 99 % only from 8 values on");
  EXPECT_TRUE(median_interval(up_to(8), 0.99));
  EXPECT_EQ(quantile_interval(up_to(71), 0.95).why_not(),
            "n = 71: the order statistics reach 95 % only from 72 values on");
  EXPECT_TRUE(quantile_interval(up_to(72), 0.95));
  EXPECT_TRUE(quantile_interval(up_to(72), 0.05));
}

TEST(QuantileInterval, SaysWhyThereIsNone) {
  EXPECT_EQ(median_interval({}).why_not(), "n = 0: at least 1 values are needed");
  EXPECT_EQ(median_interval(Values(8, 2.0)).why_not(),
            "all 8 values are alike (2): nothing is known of their spread");
  Values values = up_to(8);
  values[3] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(median_interval(values).why_not(),
            "1 of 8 values are NaN or infinite: look at those runs, and leave them out");
}

// Whatever the distribution, the coverage is exactly what it says: 96.1 % of 9 values, 95.0 to 95.9 % of
// more.
TEST(MedianInterval, CoversAsOftenAsItSays) {
  for (const std::size_t n : {9U, 17U, 44U}) {
    double said = 0;
    const double covered = share_of(20'000, [&](RandomStream& random) {
      const auto median = median_interval(normal_values(random, n, /*is_skewed=*/true));
      said = median->coverage;
      return median->interval.contains(1);
    });
    EXPECT_NEAR(covered, said, 0.005) << n << " values";
  }
}

}  // namespace
}  // namespace rnnbench
