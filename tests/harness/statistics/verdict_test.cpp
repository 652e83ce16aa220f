// Catches: a sign that turns round in the words, a speed without parity, seeds paired by their place, a run
// without an accuracy dropped in silence, "no difference" said where there are too few runs, p values of a
// table left as they are.
#include "harness/statistics/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Accuracies = std::vector<SeedAccuracy>;

/// Two engines on five seeds and ten pairs of timings; the second better by 1 to 1.4 points and 1.3× slower.
ComparedRuns two_engines() {
  ComparedRuns runs;
  runs.first = "libtorch";
  runs.second = "eigen";
  runs.first_accuracies = {{1, 0.801}, {2, 0.811}, {3, 0.799}, {4, 0.807}, {5, 0.803}};
  runs.second_accuracies = {{5, 0.813}, {4, 0.820}, {3, 0.811}, {2, 0.825}, {1, 0.812}};
  for (int i = 0; i < 10; ++i) {
    runs.first_seconds.push_back(1 + 0.01 * i);
    runs.second_seconds.push_back((1.31 + 0.004 * (i % 5 - 2)) * runs.first_seconds.back());
  }
  runs.parity = ParityState::kShown;
  runs.run_more = "rnnbench run x.toml --seeds 1..5";
  runs.time_them = "rnnbench bench m1";
  runs.show_parity = "rnnbench parity x.toml";
  return runs;
}

// By hand: differences 1.1, 1.4, 1.2, 1.3 and 1.0 have the mean 1.2, the deviation 0.1581, and t(0.975, 4) =
// 2.776, so that the interval is 1.2 ± 0.196; t = 16.97.
TEST(Verdict, SaysByHowMuchTheSecondDiffers) {
  const Verdict verdict = judge(two_engines());
  ASSERT_TRUE(verdict.accuracy);
  EXPECT_NEAR(verdict.accuracy->points, 1.2, 1e-9);
  EXPECT_NEAR(verdict.accuracy->interval.low, 1.004, 1e-3);
  EXPECT_NEAR(verdict.accuracy->interval.high, 1.396, 1e-3);
  EXPECT_EQ(verdict_text(verdict, "eigen"),
            "eigen is more accurate by 1.2 points [1.0, 1.4], p < 0.001, n = 5 pairs; "
            "1.31× slower [1.31, 1.31]; parity shown");
}

TEST(Verdict, TurnsRoundWithItsSubjects) {
  ComparedRuns runs = two_engines();
  std::swap(runs.first_accuracies, runs.second_accuracies);
  std::swap(runs.first_seconds, runs.second_seconds);
  EXPECT_EQ(verdict_text(judge(runs), "libtorch"),
            "libtorch is less accurate by 1.2 points [1.0, 1.4], p < 0.001, n = 5 pairs; "
            "1.31× faster [1.31, 1.31]; parity shown");
}

TEST(Verdict, IsHarderToReachInATable) {
  std::vector<Verdict> table(3);
  for (Verdict& verdict : table) verdict = judge(two_engines());
  table[0].accuracy->p = 0.02;
  table[1].accuracy.reset();
  table[2].accuracy->p = 0.001;
  adjust_by_holm(table);
  EXPECT_NEAR(*table[0].accuracy->holm_p, 0.02, 1e-12);
  EXPECT_NEAR(*table[2].accuracy->holm_p, 0.002, 1e-12);
  EXPECT_NE(verdict_text(table[2], "eigen").find("p = 0.002 (Holm), n = 5 pairs"), std::string::npos);
  table[0].accuracy->p = table[2].accuracy->p = 0.03;
  adjust_by_holm(table);
  EXPECT_EQ(verdict_text(table[0], "eigen").find("no difference in accuracy shown: +1.2 points"), 0);
}

TEST(Verdict, ComparesNoSpeedsWithoutParity) {
  ComparedRuns runs = two_engines();
  runs.parity = ParityState::kNotShown;
  const Verdict verdict = judge(runs);
  EXPECT_FALSE(verdict.speed);
  EXPECT_EQ(verdict_text(verdict, "eigen"),
            "eigen is more accurate by 1.2 points [1.0, 1.4], p < 0.001, n = 5 pairs; speeds not compared; "
            "parity not shown\nspeeds are not compared, parity is not shown: rnnbench parity x.toml");
  runs.parity = ParityState::kRefuted;
  EXPECT_FALSE(judge(runs).speed);
  runs.parity = ParityState::kSameEngine;
  EXPECT_TRUE(judge(runs).speed);
}

TEST(Verdict, SaysWhatIsMissingAndWhatToRun) {
  ComparedRuns runs = two_engines();
  runs.first_accuracies = {{1, 0.8}};
  runs.first_seconds.clear();
  runs.second_seconds.clear();
  EXPECT_EQ(
      verdict_text(judge(runs), "eigen"),
      "accuracies not compared; speeds not compared; parity shown\n"
      "accuracies are not compared, 1 of libtorch and 5 of eigen: a difference needs two runs of each with "
      "the same seeds: rnnbench run x.toml --seeds 1..5\n"
      "speeds are not compared, no interleaved timings: rnnbench bench m1");
  runs.first_seconds = {1, 1, 0};
  runs.second_seconds = {1, 1.1, 1};
  EXPECT_EQ(judge(runs).missing.back(),
            "speeds are not compared, 1 of 6 timings are not above 0: the clock stood still or went back: "
            "rnnbench bench m1");
}

// Catches: a number of what can't be compared.
TEST(Verdict, SaysWhatCantBeComparedInsteadOfANumber) {
  ComparedRuns runs = two_engines();
  runs.accuracies_flaw = "the test sets differ";
  runs.speeds_flaw = "they ran on other machines";
  runs.remarks = {"run 3 did not finish (failed)"};
  EXPECT_EQ(verdict_text(judge(runs), "eigen"),
            "accuracies not compared; speeds not compared; parity shown\nrun 3 did not finish (failed)\n"
            "accuracies are not compared, the test sets differ\n"
            "speeds are not compared, they ran on other machines");
  runs.parity = ParityState::kNotShown;
  EXPECT_EQ(judge(runs).missing.back(), "parity is not shown: rnnbench parity x.toml");
}

TEST(Verdict, OfAccuraciesThatAreAlikeSaysSo) {
  ComparedRuns runs = two_engines();
  runs.second_accuracies = runs.first_accuracies;
  EXPECT_EQ(
      verdict_text(judge(runs), "eigen"),
      "accuracies are +0.00 points apart with every seed, n = 5 pairs, which says nothing of their spread; "
      "equivalent within 1 point; 1.31× slower [1.31, 1.31]; parity shown");
  for (SeedAccuracy& run : runs.second_accuracies) run.accuracy += 0.02;
  EXPECT_NE(verdict_text(judge(runs), "eigen").find("+2.00 points apart"), std::string::npos);
  EXPECT_NE(verdict_text(judge(runs), "eigen").find("; different by more than 1 point;"), std::string::npos);
  runs.first_accuracies = {{1, 0.8}, {2, 0.8}};
  runs.second_accuracies = {{3, 0.81}, {4, 0.81}};
  EXPECT_EQ(
      verdict_text(judge(runs), "eigen").find("accuracies are +1.00 points apart in all runs, n = 4 runs"),
      0);
}

// By hand: differences 0.1, -0.1, 0.2, -0.1 and 0.1 have the mean 0.04 and the standard error 0.06; the 90 %
// interval is 0.04 ± 2.132 · 0.06.
TEST(Verdict, HasTheEquivalenceOfWhatItJudges) {
  ComparedRuns runs = two_engines();
  runs.second_accuracies = {{1, 0.802}, {2, 0.810}, {3, 0.801}, {4, 0.806}, {5, 0.804}};
  const Verdict verdict = judge(runs);
  EXPECT_TRUE(verdict.is_paired);
  EXPECT_EQ(verdict.equivalence->n, 5);
  EXPECT_NEAR(verdict.equivalence->difference, 0.04, 1e-9);
  EXPECT_NEAR(verdict.equivalence->high, 0.04 + 2.131847 * 0.06, 1e-6);
  EXPECT_EQ(verdict.equivalence->margin, kRelevantPoints);
  for (SeedAccuracy& run : runs.second_accuracies) run.seed += 10;
  EXPECT_FALSE(judge(runs).is_paired);
  EXPECT_EQ(judge(runs).equivalence->n, 10);
  runs.accuracies_flaw = "the test sets differ";
  EXPECT_FALSE(judge(runs).equivalence);
}

TEST(Verdict, NamesRunsWithoutAnAccuracy) {
  ComparedRuns runs = two_engines();
  runs.second_accuracies[0].accuracy = std::nan("");
  const Verdict verdict = judge(runs);
  EXPECT_EQ(verdict.accuracy->n, 4);
  EXPECT_EQ(verdict.missing.front(), "seed 5 of eigen ended without an accuracy and is not judged");
}

TEST(Verdict, OfSeedsThatDoNotPairTakesWelchsTest) {
  ComparedRuns runs = two_engines();
  for (SeedAccuracy& run : runs.second_accuracies) run.seed += 10;
  const Verdict verdict = judge(runs);
  EXPECT_EQ(verdict.accuracy->test, AccuracyVerdict::Test::kWelchT);
  EXPECT_EQ(verdict.accuracy->n, 10);
}

TEST(Verdict, OfOneRunEachTakesMcNemars) {
  ComparedRuns runs = two_engines();
  runs.first_accuracies = {{1, 0.80}};
  runs.second_accuracies = {{1, 0.83}};
  runs.predictions = {{.reviews = 1000, .first_only = 40, .second_only = 70}};
  const Verdict verdict = judge(runs);
  EXPECT_EQ(verdict.accuracy->test, AccuracyVerdict::Test::kMcNemar);
  EXPECT_NEAR(verdict.accuracy->points, 3, 1e-12);
  EXPECT_GT(verdict.accuracy->interval.low, 0);
  runs.predictions[0].reviews = 100;
  EXPECT_FALSE(judge(runs).accuracy);
}

TEST(Verdict, CountsThePairsWhoseReviewsDiffer) {
  ComparedRuns runs = two_engines();
  runs.predictions = {{1000, 20, 60}, {1000, 20, 60}, {1000, 30, 32}};
  EXPECT_NE(verdict_text(judge(runs), "eigen").find("their reviews differ in 2 of 3 pairs (McNemar)"),
            std::string::npos);
}

TEST(Verdict, TakesNoDifferenceForEquivalenceOnlyWhereItIsShown) {
  ComparedRuns runs = two_engines();
  runs.second_accuracies = {{1, 0.802}, {2, 0.810}, {3, 0.801}, {4, 0.806}, {5, 0.804}};
  EXPECT_NE(verdict_text(judge(runs), "eigen").find("no difference in accuracy shown: +0.04 points"),
            std::string::npos);
  EXPECT_NE(verdict_text(judge(runs), "eigen").find("equivalent within 1 point"), std::string::npos);
  runs.second_accuracies = {{1, 0.83}, {2, 0.79}, {3, 0.80}};
  const std::string text = verdict_text(judge(runs), "eigen");
  EXPECT_EQ(text.find("equivalent"), std::string::npos);
  EXPECT_NE(text.find("pairs would find a difference of 1 point in 4 of 5 cases"), std::string::npos);
}

// A subject against itself: different at 5 % no more than once in twenty times; 0.35 points is one standard
// error of 4,000 repeats.
TEST(Verdict, CallsASubjectDifferentFromItselfAsOftenAsItSays) {
  const double called = share_of(4'000, [](RandomStream& random) {
    ComparedRuns runs;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      runs.first_accuracies.push_back({seed, 0.8 + 0.01 * random.normal()});
      runs.second_accuracies.push_back({seed, 0.8 + 0.01 * random.normal()});
    }
    return judge(runs).accuracy->p <= 0.05;
  });
  EXPECT_NEAR(called, 0.05, 0.0105);
}

}  // namespace
}  // namespace rnnbench
