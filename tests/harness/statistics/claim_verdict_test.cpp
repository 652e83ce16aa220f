// Catches: a margin without the value's rounding, a mean alone that is judged, "outside the spread" taken for
// reproduced, runs at chance level that are dropped or averaged, an edge of the interval on the wrong side.
//
// Expected bounds by hand: t(0.975, 4) = 2.776445, so that five runs with deviation s have a mean known to
// ± 1.241664 s and one more run within ± 3.041443 s.
#include "harness/statistics/claim_verdict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

using testing::HasSubstr;
using Values = std::vector<double>;

ReportedFigure figure(double value, double margin = 0.01, double rounding = 0.0001) {
  ReportedFigure reported;
  reported.value = value;
  reported.margin = margin;
  reported.rounding = rounding;
  return reported;
}

/// Mean 0.86, deviation 0.001 · √2.5.
const Values kFive = {0.858, 0.859, 0.860, 0.861, 0.862};
const double kDeviation = 0.001 * std::sqrt(2.5);
const double kMeanReach = 1.241664 * kDeviation;
const double kRunReach = 3.041443 * kDeviation;

TEST(ClaimVerdict, IsReproducedWhereMeanAndSpreadAgree) {
  const ClaimVerdict verdict = judge_claim(figure(0.8613), kFive, 0);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kReproduced);
  EXPECT_EQ(verdict.n, 5);
  EXPECT_FALSE(verdict.by_order);
  EXPECT_NEAR(verdict.centre, 0.86, 1e-12);
  EXPECT_NEAR(verdict.interval->low, 0.86 - kMeanReach, 1e-8);
  EXPECT_NEAR(verdict.prediction->high, 0.86 + kRunReach, 1e-8);
  EXPECT_EQ(verdict.runs_needed, 0);
}

TEST(ClaimVerdict, IsNotReproducedWhereTheIntervalLiesBeyondTheMargin) {
  for (const double side : {-1.0, 1.0}) {
    const double edge = 0.86 + side * (kMeanReach + 0.01 + 0.00005);
    EXPECT_EQ(judge_claim(figure(edge + side * 1e-6), kFive, 0).outcome, ClaimOutcome::kNotReproduced);
    EXPECT_EQ(judge_claim(figure(edge - side * 1e-6), kFive, 0).outcome, ClaimOutcome::kInconclusive);
  }
}

TEST(ClaimVerdict, IsInconclusiveAcrossTheEdgeAndSaysHowManyRunsWouldDo) {
  const ClaimVerdict verdict = judge_claim(figure(0.8705, 0.01, 0), kFive, 0);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kInconclusive);
  EXPECT_THAT(verdict.reason, HasSubstr("across the margin's edge"));
  // The mean is 0.0005 from the edge: t(0.975, n − 1) · s / √n ≤ 0.0005 from n = 41 on.
  EXPECT_EQ(verdict.runs_needed, 41);
}

TEST(ClaimVerdict, IsInconclusiveWhereTheValueLiesOutsideTheSpread) {
  const ClaimVerdict verdict = judge_claim(figure(0.86 + kRunReach + 0.0001), kFive, 0);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kInconclusive);
  EXPECT_THAT(verdict.reason, HasSubstr("one more run"));
  EXPECT_EQ(judge_claim(figure(0.86 + kRunReach), kFive, 0).outcome, ClaimOutcome::kReproduced);
}

TEST(ClaimVerdict, TakesARoundedValueForAllThatRoundToIt) {
  // 91 % is 90.5 to 91.5: 89.5 is within one point of that, and 89 % would not be of 91.00 %.
  const Values runs = {0.8968, 0.8969, 0.8970, 0.8971, 0.8972};
  EXPECT_EQ(judge_claim(figure(0.91, 0.01, 0.0001), runs, 0).outcome, ClaimOutcome::kNotReproduced);
  EXPECT_EQ(judge_claim(figure(0.91, 0.01, 0.01), runs, 0).outcome, ClaimOutcome::kInconclusive);
  const Values near = {0.9030, 0.9035, 0.9040, 0.9045, 0.9050};
  EXPECT_EQ(judge_claim(figure(0.91, 0.01, 0.01), near, 0).outcome, ClaimOutcome::kReproduced);
}

TEST(ClaimVerdict, JudgesRunsOfTwoKindsByTheirOrder) {
  Values runs = {0.50, 0.78, 0.51, 0.49, 0.52, 0.50, 0.52, 0.51, 0.50, 0.50};
  const ClaimVerdict verdict = judge_claim(figure(0.767), runs, 9);
  EXPECT_TRUE(verdict.by_order);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kNotReproduced);
  EXPECT_EQ(verdict.at_chance, 9);
  EXPECT_NEAR(verdict.centre, 0.505, 1e-12);
  // Ranks 2 and 9 of ten hold the median between them with 97.9 %.
  EXPECT_DOUBLE_EQ(verdict.interval->low, 0.50);
  EXPECT_DOUBLE_EQ(verdict.interval->high, 0.52);
  EXPECT_DOUBLE_EQ(verdict.prediction->high, 0.78);
  EXPECT_NEAR(verdict.prediction_confidence, 9.0 / 11, 1e-12);
  runs[4] = 0.79;  // two of ten: the median's interval reaches across the margin
  EXPECT_EQ(judge_claim(figure(0.767), runs, 8).outcome, ClaimOutcome::kInconclusive);
}

TEST(ClaimVerdict, NeedsSixRunsOfTwoKinds) {
  const Values runs = {0.50, 0.78, 0.51, 0.49, 0.52};
  const ClaimVerdict verdict = judge_claim(figure(0.767), runs, 4);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kInconclusive);
  EXPECT_FALSE(verdict.interval);
  EXPECT_THAT(verdict.reason, HasSubstr("6"));
}

TEST(ClaimVerdict, JudgesNothingByNoRunOrOne) {
  EXPECT_EQ(judge_claim(figure(0.86), {}, 0).outcome, ClaimOutcome::kInconclusive);
  EXPECT_THAT(judge_claim(figure(0.86), {}, 0).reason, HasSubstr("no run"));
  EXPECT_FALSE(judge_claim(figure(0.86), Values{0.86}, 0).reason.empty());
  EXPECT_FALSE(judge_claim(figure(0.86), Values{0.86, NAN, 0.86}, 0).reason.empty());
}

TEST(ClaimVerdict, TakesOneValueOfAllRunsForTheInterval) {
  EXPECT_EQ(judge_claim(figure(0.767), Values(10, 0.5), 10).outcome, ClaimOutcome::kNotReproduced);
  EXPECT_EQ(judge_claim(figure(0.767), Values(3, 0.7), 0).outcome, ClaimOutcome::kNotReproduced);
  EXPECT_EQ(judge_claim(figure(0.767), Values(3, 0.767), 0).outcome, ClaimOutcome::kReproduced);
  EXPECT_EQ(judge_claim(figure(0.767), Values(3, 0.766), 0).outcome, ClaimOutcome::kInconclusive);
  EXPECT_EQ(judge_claim(figure(0.767), Values(5, 0.5), 5).runs_needed, 6);
}

TEST(ClaimVerdict, HasNoVerdictWhereRunsFailed) {
  const ClaimVerdict verdict = judge_claim(figure(0.8613), kFive, 0, /*failed=*/1);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kInconclusive);
  EXPECT_EQ(verdict.failed, 1);
  EXPECT_THAT(verdict.reason, HasSubstr("failed"));
  EXPECT_FALSE(judge_claim(figure(0.8613), {}, 0, 3).reason.empty());
}

TEST(ClaimVerdict, AsksForMoreRunsThanThereAre) {
  const Values runs = {0.75, 0.76, 0.767, 0.767, 0.768, 0.769, 0.77, 0.771, 0.772, 0.79};
  const ClaimVerdict verdict = judge_claim(figure(0.777), runs, 1);
  EXPECT_EQ(verdict.outcome, ClaimOutcome::kInconclusive);
  EXPECT_GT(verdict.runs_needed, 10);
}

}  // namespace
}  // namespace rnnbench
