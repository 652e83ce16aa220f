// Catches: a bias or an acceleration of the wrong sign, a resample without replacement, draws that hang on
// anything but the seed, a resample of too few values.
#include "harness/statistics/bootstrap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "harness/statistics/moments.hpp"
#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

double sample_mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_with_n(std::span<const double> values) {
  const SampleMoments moments = moments_of(values);
  return moments.squares / static_cast<double>(moments.n);
}

// Efron and Tibshirani 1993, sections 14.1 to 14.3: the spatial test of 26 children. Their variance (with n)
// is 171.5; of 2,000 draws the 90 % percentile interval is 100.8 to 233.9 and the BCa interval 115.8 to
// 259.6, with z0 = 0.146 and a = 0.061. Other draws differ by a few units.
TEST(Bootstrap, AgreesWithEfronAndTibshiranisSpatialTest) {
  const Values spatial = {48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6,
                          0,  33, 28, 34, 4,  32, 24, 47, 41, 24, 26, 30, 41};
  const auto percentile = bootstrap_interval(
      spatial, variance_with_n, {.confidence = 0.9, .method = BootstrapMethod::kPercentile, .draws = 20'000});
  ASSERT_TRUE(percentile) << percentile.why_not();
  EXPECT_NEAR(percentile->value, 171.5, 0.05);
  EXPECT_NEAR(percentile->interval.low, 100.8, 4);
  EXPECT_NEAR(percentile->interval.high, 233.9, 4);
  const auto bca = bootstrap_interval(spatial, variance_with_n, {.confidence = 0.9, .draws = 20'000});
  ASSERT_TRUE(bca) << bca.why_not();
  EXPECT_NEAR(bca->acceleration, 0.061, 0.0005);
  EXPECT_NEAR(bca->bias_correction, 0.146, 0.06);
  EXPECT_NEAR(bca->interval.low, 115.8, 4);
  EXPECT_NEAR(bca->interval.high, 259.6, 6);
}

TEST(Bootstrap, GivesTheSameIntervalForTheSameSeed) {
  RandomStream random(1, 0);
  const Values values = normal_values(random, 30);
  const auto first = bootstrap_interval(values, sample_mean, {.draws = 1000, .seed = 7});
  const auto again = bootstrap_interval(values, sample_mean, {.draws = 1000, .seed = 7});
  const auto other = bootstrap_interval(values, sample_mean, {.draws = 1000, .seed = 8});
  EXPECT_EQ(first->interval.low, again->interval.low);
  EXPECT_EQ(first->interval.high, again->interval.high);
  EXPECT_NE(first->interval.low, other->interval.low);
}

TEST(Bootstrap, SaysWhyThereIsNone) {
  EXPECT_EQ(bootstrap_interval(Values(9, 1.0), sample_mean).why_not(),
            "n = 9: at least 10 values are needed");
  EXPECT_EQ(bootstrap_interval(Values(12, 0.5), sample_mean).why_not(),
            "all 12 values are alike (0.5): nothing is known of their spread");
  Values values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  EXPECT_EQ(bootstrap_interval(values, [](auto) { return std::nan(""); }).why_not(),
            "the statistic is not finite for every resample: no bootstrap interval");
  EXPECT_EQ(bootstrap_interval(values, [](auto) { return 3.0; }).why_not(),
            "all 2000 resampled statistics are alike (3): nothing is known of their spread");
  values[2] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(bootstrap_interval(values, sample_mean).why_not(),
            "1 of 11 values are NaN or infinite: look at those runs, and leave them out");
}

// One standard error of 1,500 repeats is 0.56 points.
TEST(Bootstrap, CoversAsOftenAsItSays) {
  for (const auto method : {BootstrapMethod::kPercentile, BootstrapMethod::kBca}) {
    const double covered = share_of(1500, [&](RandomStream& random) {
      const BootstrapOptions options{.method = method, .draws = 1000, .seed = random.next_word()};
      return bootstrap_interval(normal_values(random, 80), sample_mean, options)->interval.contains(0);
    });
    EXPECT_NEAR(covered, 0.95, 0.01);
  }
}

}  // namespace
}  // namespace rnnbench
