// Catches: a difference with the sign turned round, seeds of two runs that aren't the same, a trial that only
// one of them has and nobody names.
#include "results/report/against.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

FigureData data_of(const std::string& key, const std::vector<double>& accuracies, double seconds) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.key = key;
  for (const double accuracy : accuracies) {
    const std::uint64_t seed = trial.runs.size() + 1;
    trial.runs.push_back(small_run(seed, accuracy, seconds + 0.05 * static_cast<double>(seed)));
  }
  return small_data({trial});
}

TEST(DifferencePage, SaysWhatGotBetterAndByHowMuch) {
  const FigureData before = data_of("k", {0.80, 0.81, 0.82, 0.80}, 10);
  const FigureData now = data_of("k", {0.83, 0.842, 0.85, 0.83}, 5);
  const std::string page = difference_page(now, before, "old.db");
  EXPECT_THAT(page, HasSubstr("# small against old.db"));
  EXPECT_THAT(page, HasSubstr("| 4 | 80.75 | 83.80 | +3.05 "));
  EXPECT_THAT(page, HasSubstr("**better**"));
  EXPECT_THAT(page, HasSubstr("| 0.506 "));
  EXPECT_THAT(page, HasSubstr("**faster**"));
  const std::string reverse = difference_page(before, now, "new.db");
  EXPECT_THAT(reverse, HasSubstr("**worse**"));
  EXPECT_THAT(reverse, HasSubstr("**slower**"));
}

TEST(DifferencePage, AScatterIsNoDifference) {
  const std::string page =
      difference_page(data_of("k", {0.80, 0.83, 0.81}, 10), data_of("k", {0.82, 0.80, 0.82}, 10), "old.db");
  EXPECT_THAT(page, HasSubstr("no difference shown"));
  EXPECT_THAT(page, Not(HasSubstr("**")));
}

TEST(DifferencePage, RunsThatRepeatedBitByBitAreTheSame) {
  const FigureData data = data_of("k", {0.80, 0.83}, 10);
  EXPECT_THAT(difference_page(data, data, "old.db"), HasSubstr("the same, seed by seed"));
}

TEST(DifferencePage, OnlySeedsThatFinishedInBothArePaired) {
  FigureData before = data_of("k", {0.80, 0.81, 0.82}, 10), now = data_of("k", {0.83, 0.84, 0.85}, 10);
  before.trials[0].runs[1].status = "failed";
  now.trials[0].runs[2].seed = 9;
  EXPECT_THAT(difference_page(now, before, "old.db"), HasSubstr("| 1 | 80.00 | 83.00 |"));
  EXPECT_THAT(difference_page(now, before, "old.db"), HasSubstr("not judged"));
}

TEST(DifferencePage, TrialsOfOneAloneAreNamed) {
  const std::string page = difference_page(data_of("a", {0.8}, 1), data_of("b", {0.8}, 1), "old.db");
  EXPECT_THAT(page, HasSubstr("No trial is in both"));
  EXPECT_THAT(page, HasSubstr("- old.db has not: eigen rnn"));
  EXPECT_THAT(page, HasSubstr("- the newer one has not: eigen rnn"));
}

}  // namespace
}  // namespace rnnbench
