// Catches: an effect of the wrong sign or scale, trials that differ in something else too held against each
// other, a seed that one of them lacks counted, an interaction that is a main effect, a ratio of times that
// is a difference.
#include "results/query/effects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// A trial whose seeds 1 and 2 reach these accuracies [%] in `seconds` and a tenth more.
TrialData trial(const std::string& cell, int length, double first, double second, double seconds) {
  TrialData data = small_trial("fused", cell, length);
  data.runs = {small_run(1, first / 100, seconds), small_run(2, second / 100, 1.1 * seconds)};
  return data;
}

/// lstm is worth 2 and 4 points at length 100, 5 and 9 at 200; it takes four times as long.
std::vector<TrialData> matrix() {
  return {trial("rnn", 100, 70, 71, 1), trial("lstm", 100, 72, 75, 4), trial("rnn", 200, 75, 76, 2),
          trial("lstm", 200, 80, 85, 8)};
}

Effect find(const std::vector<Effect>& effects, const std::string& what) {
  for (const Effect& effect : effects) {
    if (effect.what == what) return effect;
  }
  ADD_FAILURE() << "no effect " << what;
  return {};
}

TEST(Effects, AreMeansOverTheRestOfTheMatrixBySeed) {
  const std::vector<Effect> effects = effects_of(small_data(matrix()));
  ASSERT_EQ(effects.size(), 3U);
  const Effect cell = find(effects, "cell: lstm for rnn");
  EXPECT_EQ(cell.sets, 2);
  EXPECT_EQ(cell.seeds, 2);
  // Seed 1: (2 + 5) / 2, seed 2: (4 + 9) / 2; t(0.975, 1) = 12.7062.
  EXPECT_NEAR(cell.accuracy->value, 5, 1e-9);
  EXPECT_NEAR(cell.accuracy->interval.high, 5 + 12.7062 * 1.5, 1e-3);
  const Effect length = find(effects, "length: 200 for 100");
  EXPECT_NEAR(length.accuracy->value, (5 + 5 + 8 + 10) / 4.0, 1e-9);
}

TEST(Effects, AreFactorsOnTrainingTime) {
  std::vector<TrialData> trials = matrix();
  trials[1].runs[1].train_seconds = 5;  // else the factor is alike in both seeds, and not to be judged
  const Effect cell = find(effects_of(small_data(trials)), "cell: lstm for rnn");
  ASSERT_TRUE(cell.seconds);
  EXPECT_NEAR(cell.seconds->value, std::exp((2 * std::log(4.0) + std::log(5 / 1.1) + std::log(4.0)) / 4),
              1e-9);
}

TEST(Effects, InteractOneByOne) {
  const Effect both = find(effects_of(small_data(matrix())), "cell: lstm for rnn × length: 200 for 100");
  EXPECT_TRUE(both.is_interaction);
  EXPECT_EQ(both.sets, 1);
  EXPECT_NEAR(both.accuracy->value, (3 + 5) / 2.0, 1e-9);
}

TEST(Effects, TakeSeedsThatAllHave) {
  std::vector<TrialData> trials = matrix();
  trials[0].runs.push_back(small_run(3, 0.9, 1));
  trials[3].runs[1].status = "failed";
  const Effect cell = find(effects_of(small_data(trials)), "cell: lstm for rnn");
  EXPECT_EQ(cell.seeds, 1);
  EXPECT_FALSE(cell.accuracy);
  EXPECT_THAT(cell.why_not, HasSubstr("1"));
}

TEST(Effects, HoldOnlyTrialsAgainstEachOtherThatDifferInOneThing) {
  EXPECT_THAT(effects_of(small_data({trial("rnn", 100, 70, 71, 1), trial("lstm", 200, 80, 85, 8)})),
              IsEmpty());
  EXPECT_THAT(effects_of(small_data({})), IsEmpty());
}

TEST(Effects, AreATable) {
  const Table table = effects_table(effects_of(small_data(matrix())));
  EXPECT_EQ(table.rows.size(), 3U);
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
}

}  // namespace
}  // namespace rnnbench
