// Catches: a two-sided quantile, the smaller of the two p values, a difference of the wrong sign, pooled
// variances, "no significant difference" taken for equivalence, "different" printed as "not shown", a p value
// of a test that could not be made, rounding taken for spread.
//
// Expected values by hand: with 2 degrees of freedom Student's distribution is F(t) = 1/2 + t / (2 √(2 +
// t²)), so that its 95 % point is 2.919986.
#include "harness/statistics/equivalence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "harness/core/parity_seeds.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;
constexpr double kTwoDegrees = 2.919986;

/// P(T > t) with 2 degrees of freedom.
double upper_tail(double t) { return 0.5 - t / (2 * std::sqrt(2 + t * t)); }

TEST(PairedEquivalence, MatchesTheClosedFormWithThreePairs) {
  const auto test = paired_equivalence(Values{80, 81, 82}, Values{80.1, 81.2, 82.3}, 1);
  ASSERT_TRUE(test);
  const double error = 0.1 / std::sqrt(3);
  EXPECT_EQ(test->n, 3);
  EXPECT_EQ(test->degrees_of_freedom, 2);
  EXPECT_NEAR(test->difference, 0.2, 1e-9);
  EXPECT_NEAR(test->standard_error, error, 1e-9);
  EXPECT_NEAR(test->low, 0.2 - kTwoDegrees * error, 1e-6);
  EXPECT_NEAR(test->high, 0.2 + kTwoDegrees * error, 1e-6);
  EXPECT_NEAR(test->p, upper_tail(0.8 / error), 1e-9);
  EXPECT_NEAR(test->p, 0.002584, 1e-6);
  EXPECT_TRUE(test->shown());
}

TEST(PairedEquivalence, IsShownExactlyWhereTheIntervalLiesWithinTheMargin) {
  const Values first = {80, 81, 82, 83};
  const Values second = {80.5, 81.1, 82.9, 83.3};
  const auto interval = paired_equivalence(first, second, 1);
  ASSERT_TRUE(interval);
  EXPECT_TRUE(paired_equivalence(first, second, interval->high + 1e-6)->shown());
  EXPECT_FALSE(paired_equivalence(first, second, interval->high - 1e-6)->shown());
  EXPECT_FALSE(paired_equivalence(second, first, interval->high - 1e-6)->shown());
}

TEST(PairedEquivalence, IsRefutedExactlyWhereTheIntervalLiesBeyondTheMargin) {
  const Values first = {80, 81, 82, 83};
  const Values second = {81.5, 82.1, 83.9, 84.3};
  const double low = paired_equivalence(first, second, 1)->low;
  ASSERT_GT(low, 0);
  EXPECT_TRUE(paired_equivalence(first, second, low - 1e-6)->refuted());
  EXPECT_TRUE(paired_equivalence(second, first, low - 1e-6)->refuted());
  EXPECT_FALSE(paired_equivalence(first, second, low + 1e-6)->refuted());
  EXPECT_FALSE(paired_equivalence(second, first, low + 1e-6)->refuted());
}

TEST(PairedEquivalence, WideSpreadShowsNothing) {
  EXPECT_FALSE(paired_equivalence(Values{80, 80, 80}, Values{77, 80, 83}, 1)->shown());
  EXPECT_FALSE(paired_equivalence(Values{80, 80, 80}, Values{77, 80, 83}, 1)->refuted());
}

TEST(PairedEquivalence, EqualDifferencesNeedNoSpread) {
  EXPECT_TRUE(paired_equivalence(Values{80, 81}, Values{80.5, 81.5}, 1)->shown());
  EXPECT_FALSE(paired_equivalence(Values{80, 81}, Values{81, 82}, 1)->shown());
}

TEST(PairedEquivalence, DifferencesThatDifferByRoundingAreAlike) {
  const auto test = paired_equivalence(Values{80.1, 81.3, 82.7}, Values{80.2, 81.4, 82.8}, 1);
  EXPECT_EQ(test->standard_error, 0);
  EXPECT_EQ(test->low, test->high);
  EXPECT_NEAR(test->difference, 0.1, 1e-9);
  const auto tiny_values = paired_equivalence(Values{1e-20, 2e-20}, Values{2e-20, 4e-20}, 1);
  EXPECT_GT(tiny_values->standard_error, 0);
}

TEST(PairedEquivalence, TheVerdictIsOneOfThree) {
  const Values first = {80, 80, 80};
  EXPECT_EQ(verdict_of(*paired_equivalence(first, Values{80, 80.1, 80.2}, 1)), kEquivalent);
  EXPECT_EQ(verdict_of(*paired_equivalence(first, Values{83, 83.1, 83.2}, 1)), kDifferent);
  EXPECT_EQ(verdict_of(*paired_equivalence(first, Values{77, 77.1, 77.2}, 1)), kDifferent);
  EXPECT_EQ(verdict_of(*paired_equivalence(first, Values{77, 80, 83}, 1)), kNotShown);
}

TEST(PairedEquivalence, OfDifferencesAllAlikeTheVerdictRestsOnTheDifferenceAlone) {
  const Values first = {80, 81, 82};
  EXPECT_EQ(verdict_of(*paired_equivalence(first, first, 1)), kEquivalent);
  EXPECT_EQ(verdict_of(*paired_equivalence(first, Values{82, 83, 84}, 1)), kDifferent);
  EXPECT_EQ(verdict_of(*paired_equivalence(first, Values{81, 82, 83}, 1)), kNotShown);
}

TEST(Equivalence, PIsPrintedOnlyWhereATestGaveIt) {
  EXPECT_EQ(p_text(0.0009, 0.1), "p < 0.001");
  EXPECT_EQ(p_text(0.001, 0.1), "p = 0.001");
  EXPECT_EQ(p_text(0.0456, 0.1), "p = 0.046");
  EXPECT_EQ(p_text(0, 0), "every seed alike");
  EXPECT_EQ(p_text(1, 0), "every seed alike");
}

TEST(PairedEquivalence, LeavesOutPairsThatAreNotFiniteAndNeedsTwo) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(paired_equivalence(Values{1, nan, 2}, Values{1, 1, 2.5}, 1)->n, 2);
  EXPECT_FALSE(paired_equivalence(Values{1, nan}, Values{1, 2}, 1));
  EXPECT_FALSE(paired_equivalence(Values{}, Values{}, 1));
}

TEST(WelchEquivalence, MatchesTheClosedFormOfEqualVariances) {
  const auto test = welch_equivalence(Values{1, 3}, Values{0, 2}, 5);
  ASSERT_TRUE(test);
  EXPECT_NEAR(test->degrees_of_freedom, 2, 1e-12);
  EXPECT_NEAR(test->difference, -1, 1e-12);
  EXPECT_NEAR(test->high, -1 + kTwoDegrees * std::sqrt(2), 1e-5);
  EXPECT_NEAR(test->p, upper_tail(4 / std::sqrt(2)), 1e-9);
  EXPECT_NEAR(test->p, 0.0527864, 1e-7);
  EXPECT_FALSE(test->shown());
}

TEST(WelchEquivalence, TakesWelchsDegreesOfFreedom) {
  EXPECT_NEAR(welch_equivalence(Values{1, 3}, Values{2, 6}, 1)->degrees_of_freedom, 25.0 / 17, 1e-12);
  EXPECT_FALSE(welch_equivalence(Values{1}, Values{2, 6}, 1));
}

}  // namespace
}  // namespace rnnbench
