// Catches: a one-sided p, p doubled twice, a variance with n, pooled variances, a difference of the wrong
// sign, pairs taken for independent samples, rounding taken for spread.
#include "harness/statistics/t_tests.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/harness/statistics/simulation.hpp"
#include "tests/harness/statistics/sleep_data.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// Student's sleep data in R's help on t.test: paired t = −4.0621, df = 9, p = 0.002833, 95 % interval of the
// first less the second −2.4598858 to −0.7001142.
TEST(PairedTTest, AgreesWithStudentsSleepData) {
  const auto test = paired_t_test(kFirstDrug, kSecondDrug);
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_EQ(test->n, 10);
  EXPECT_NEAR(test->difference, 1.58, 1e-12);
  EXPECT_NEAR(test->t, 4.0621, 5e-5);
  EXPECT_EQ(test->degrees_of_freedom, 9);
  EXPECT_NEAR(test->p, 0.002833, 5e-7);
  EXPECT_NEAR(test->interval.low, 0.7001142, 5e-8);
  EXPECT_NEAR(test->interval.high, 2.4598858, 5e-8);
}

// The same help, unpaired: t = −1.8608, df = 17.776, p = 0.07939, interval −3.3654832 to 0.2054832.
TEST(WelchTTest, AgreesWithStudentsSleepData) {
  const auto test = welch_t_test(kFirstDrug, kSecondDrug);
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_EQ(test->n, 20);
  EXPECT_NEAR(test->t, 1.8608, 5e-5);
  EXPECT_NEAR(test->degrees_of_freedom, 17.776, 5e-4);
  EXPECT_NEAR(test->p, 0.07939, 5e-6);
  EXPECT_NEAR(test->interval.low, -0.2054832, 5e-8);
  EXPECT_NEAR(test->interval.high, 3.3654832, 5e-8);
}

TEST(WelchTTest, TakesSamplesOfUnequalSizesOfWhichOneMayBeAlike) {
  const auto test = welch_t_test(Values{5, 5}, Values{1, 2, 3});
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_NEAR(test->t, -3 * std::sqrt(3), 1e-12);
  EXPECT_NEAR(test->degrees_of_freedom, 2, 1e-12);
}

TEST(TTests, SayWhyThereIsNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(paired_t_test(Values{1}, Values{2}).why_not(), "n = 1 pairs: at least 2 are needed");
  EXPECT_EQ(paired_t_test(Values{1, 2}, Values{2}).why_not(),
            "2 values and 1 make no pairs: pair them by seed, or compare them unpaired");
  EXPECT_EQ(paired_t_test(Values{1, 2}, Values{2, nan}).why_not(),
            "1 of 2 values are NaN or infinite: look at those runs, and leave them out");
  EXPECT_EQ(paired_t_test(Values{80.1, 81.3, 82.7}, Values{80.6, 81.8, 83.2}).why_not(),
            "all 3 differences are alike (0.5): nothing is known of their spread");
  EXPECT_EQ(welch_t_test(Values{1, 2}, Values{2}).why_not(), "n = 1: at least 2 values are needed");
  EXPECT_EQ(welch_t_test(Values{}, Values{2, 3}).why_not(), "n = 0: at least 2 values are needed");
  EXPECT_EQ(welch_t_test(Values{1, 1}, Values{2, 2}).why_not(),
            "each sample is alike throughout: nothing is known of their spread");
}

// One standard error of 20,000 repeats is 0.15 points.
TEST(TTests, ErrAsOftenAsTheySayWhereNothingDiffers) {
  for (const std::size_t n : {4U, 12U}) {
    const double paired = share_of(20'000, [&](RandomStream& random) {
      const Values first = normal_values(random, n);
      return paired_t_test(first, normal_values(random, n))->p < 0.05;
    });
    EXPECT_NEAR(paired, 0.05, 0.005) << n << " pairs";
    const double covered = share_of(20'000, [&](RandomStream& random) {
      Values first = normal_values(random, n);
      for (double& value : first) value *= 3;
      return welch_t_test(first, normal_values(random, 2 * n))->interval.contains(0);
    });
    EXPECT_NEAR(covered, 0.95, 0.01) << n << " and " << 2 * n << " values";
  }
}

}  // namespace
}  // namespace rnnbench
