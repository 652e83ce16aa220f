// Catches: normal quantiles where there are few pairs, the quantile of one side for the power of both, n for
// degrees of freedom, a margin or deviation that isn't squared.
//
// Expected values by hand: with one degree of freedom t(p) = tan(π (p − 1/2)), 6.313752 and 3.077684; with
// two t(p) = (2p − 1) / √(2p (1 − p)), 2.919986 and 1.885618.
#include "harness/statistics/sample_size.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/core/philox.hpp"
#include "harness/statistics/equivalence.hpp"

namespace rnnbench {
namespace {

TEST(PairsForEquivalence, MatchTheClosedFormsOfTwoAndThreePairs) {
  const double of_two = std::sqrt(2) / (6.313752 + 3.077684);
  const double of_three = std::sqrt(3) / (2.919986 + 1.885618);
  EXPECT_EQ(pairs_for_equivalence(of_two - 1e-6, 1), 2);
  EXPECT_EQ(pairs_for_equivalence(of_two + 1e-6, 1), 3);
  EXPECT_EQ(pairs_for_equivalence(of_three - 1e-6, 1), 3);
  EXPECT_EQ(pairs_for_equivalence(of_three + 1e-6, 1), 4);
  EXPECT_EQ(pairs_for_equivalence(0, 1), 2);
}

// Catches: a search without an end.
TEST(PairsForEquivalence, AreNoneWhereADeviationIsNoNumber) {
  EXPECT_EQ(pairs_for_equivalence(std::nan(""), 1), 0);
  EXPECT_EQ(pairs_for_equivalence(INFINITY, 1), 0);
  EXPECT_EQ(pairs_for_equivalence(1, std::nan("")), 0);
}

// The example of powerTOSTpaired in the R package TOSTER: a margin of 0.3 standard deviations, 5 % and 80 %
// give 8.5638 / 0.09 = 95.15 pairs with normal quantiles; Student's cost one or two more.
TEST(PairsForEquivalence, AgreeWithThePublishedExample) {
  EXPECT_EQ(pairs_for_equivalence(1, 0.3), 97);
  EXPECT_EQ(pairs_for_equivalence(10, 3), 97);
  EXPECT_NEAR(static_cast<double>(pairs_for_equivalence(100, 1)), 85638.5, 3);
}

/// How often `pairs` normal differences around `difference` show equivalence within 1.
double share_shown(std::int64_t pairs, double difference, double deviation) {
  constexpr int kRepeats = 4000;
  RandomStream random(/*seed=*/11, /*stream=*/0);
  const std::vector<double> first(static_cast<std::size_t>(pairs), 0.0);
  int shown = 0;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    std::vector<double> second;
    for (std::int64_t i = 0; i < pairs; ++i) second.push_back(difference + deviation * random.normal());
    shown += paired_equivalence(first, second, 1)->shown() ? 1 : 0;
  }
  return static_cast<double>(shown) / kRepeats;
}

// One standard error of 4,000 repeats is 0.6 points at 80 %, 0.35 at 5 %.
TEST(PairsForEquivalence, GiveThePowerTheyPromise) {
  for (const double deviation : {0.36, 0.4, 0.5, 1.0, 1.5, 3.0}) {
    const std::int64_t pairs = pairs_for_equivalence(deviation, 1);
    EXPECT_GT(share_shown(pairs, 0, deviation), 0.78) << pairs << " pairs at " << deviation;
    EXPECT_LT(share_shown(pairs - 1, 0, deviation), 0.82) << pairs << " pairs at " << deviation;
    EXPECT_LT(share_shown(pairs, 1, deviation), 0.0611) << "the test itself is wrong too often";
  }
}

// G*Power 3.1 manual, chapter on matched pairs: an effect of 0.421637 and 50 pairs give the power 0.832114;
// and its well-known 34 pairs for an effect of 0.5 and 80 %.
TEST(PowerOfPairs, AgreesWithGPower) {
  EXPECT_NEAR(power_of_pairs(50, 0.421637), 0.832114, 1e-6);
  EXPECT_NEAR(power_of_pairs(50, -0.421637), 0.832114, 1e-6);
  EXPECT_NEAR(power_of_pairs(10, 0), 0.05, 1e-9);
  EXPECT_EQ(pairs_for_difference(1, 0.5), 34);
  EXPECT_EQ(pairs_for_difference(2, -1), 34);
}

TEST(PairsForDifference, AreNoneWhereThereIsNothingToFind) {
  EXPECT_EQ(pairs_for_difference(1, 0), 0);
  EXPECT_EQ(pairs_for_difference(std::nan(""), 1), 0);
  EXPECT_EQ(pairs_for_difference(0, 1), 0);
  EXPECT_EQ(pairs_for_difference(1, INFINITY), 0);
  EXPECT_EQ(pairs_for_difference(1, 1e6), 2);
}

// By hand from the table of t(0.975): 2.120/√17 = 0.514 and 2.110/√18 = 0.497; 12.706/√2 and 4.303/√3.
TEST(RunsForPrecision, AreTheFewestWhoseIntervalIsNarrowEnough) {
  EXPECT_EQ(runs_for_precision(1, 0.5), 18);
  EXPECT_EQ(runs_for_precision(1, 0.515), 17);
  EXPECT_EQ(runs_for_precision(1, 2.49), 3);
  EXPECT_EQ(runs_for_precision(0, 1), 2);
  EXPECT_EQ(runs_for_precision(1, 0), 0);
  EXPECT_EQ(runs_for_precision(INFINITY, 1), 0);
}

}  // namespace
}  // namespace rnnbench
