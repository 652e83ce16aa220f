// Catches: a verdict of the older run of a seed, an unadjusted table, a fact without its number.
#include "results/query/verdicts.hpp"

#include "results/query/comparison.hpp"
#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

class VerdictsTest : public VerdictTest {
 protected:
  /// Six seeds: libtorch better by 1.0 to 1.5 points and 1.3 times slower.
  void fill() {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const auto nth = static_cast<int>(seed);
      const std::int64_t step = 1'000'000 + 10'000 * nth;
      add(trial("eigen"), seed, {.accuracy = 0.80 + 0.002 * nth, .epochs_ns = {step, step, 9 * step}});
      add(trial("libtorch"), seed,
          {.accuracy = 0.809 + 0.003 * nth, .epochs_ns = {9 * step, step * 13 / 10, step * 13 / 10}});
    }
    ParityRecord record = a_parity_record({a_parity_error("head.bias", 2e-6)});
    store_->add_parity(record);
  }
};

TEST_F(VerdictsTest, AreInWords) {
  fill();
  EXPECT_EQ(
      words({"engine=eigen", "engine=libtorch"}),
      "engine=libtorch against engine=eigen: engine=libtorch is more accurate by 1.2 points [1.1, 1.4], "
      "p < 0.001 (Holm), n = 6 pairs; 1.30× slower [1.30, 1.30]; parity shown\n"
      "their steps were timed in runs of their own, not in turns: the machine may have changed");
}

// Catches: the older run of a seed, or both of them, judged.
TEST_F(VerdictsTest, TakeTheNewestRunOfASeed) {
  fill();
  for (std::uint64_t seed = 1; seed <= 6; ++seed) add(trial("eigen"), seed, {.accuracy = 0.9});
  EXPECT_THAT(words({"engine=eigen", "engine=libtorch"}),
              HasSubstr("engine=libtorch is less accurate by 8.0 points"));
}

TEST_F(VerdictsTest, OfSeveralSubjectsAreEachAgainstTheFirstAndAdjusted) {
  fill();
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    add(trial("eigen", "lstm"), seed, {.accuracy = 0.81 + 0.003 * static_cast<int>(seed % 3)});
  }
  const auto table = judged({"engine=eigen,cell=rnn", "engine=libtorch", "engine=eigen,cell=lstm"});
  ASSERT_EQ(table.size(), 2U);
  EXPECT_NEAR(*table[0].verdict.accuracy->holm_p, 2 * table[0].verdict.accuracy->p, 1e-12);
  EXPECT_EQ(table[1].against, "engine=eigen,cell=rnn");
  EXPECT_EQ(table[1].verdict.parity, ParityState::kSameEngine);
}

TEST_F(VerdictsTest, AreFactsForPrograms) {
  fill();
  Database database(path_);
  const std::vector<Subject> subjects = {find_subject(database, "engine=eigen"),
                                         find_subject(database, "engine=libtorch")};
  const std::string csv = comparison_text(compare_subjects(database, subjects), TableFormat::kCsv);
  for (const char* line : {"\nverdicts,accuracy_points,engine=libtorch,1.25,,6\n",
                           "\nverdicts,accuracy_test,engine=libtorch,paired t,,6\n",
                           "\nverdicts,parity,engine=libtorch,shown,,0\n"}) {
    EXPECT_THAT(csv, HasSubstr(line));
  }
  EXPECT_THAT(csv, HasSubstr("\nverdicts,time_ratio_high,engine=libtorch,1."));
  EXPECT_THAT(csv,
              HasSubstr("verdicts,missing,engine=libtorch,\"their steps were timed in runs of their own"));
}

TEST_F(VerdictsTest, OfLargeGroupsAreNotGivenAndThatIsSaid) {
  fill();
  execute(
      path_,
      "INSERT INTO runs (experiment_id, trial_id, environment_id, seed, engine_details, status, host, "
      "process, process_start, started, uid, test_accuracy) WITH RECURSIVE c(i) AS (SELECT 100 UNION ALL "
      "SELECT i + 1 FROM c WHERE i < 700) SELECT 1, 1, 1, i, '{}', 'finished', '', 1, 1, '', i, 0.5 FROM c");
  Database database(path_);
  const Comparison comparison = compare_subjects(
      database, {find_subject(database, "engine=eigen"), find_subject(database, "engine=libtorch")});
  EXPECT_TRUE(comparison.verdicts.empty());
  EXPECT_THAT(comparison.notes.at(0), HasSubstr("narrow the groups for verdicts"));
}

}  // namespace
}  // namespace rnnbench
