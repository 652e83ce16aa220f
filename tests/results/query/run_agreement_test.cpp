#include "results/query/run_agreement.hpp"

#include <algorithm>

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Runs 1 of the fixture again, with what `sql` changes in the copy, ?.
class RunAgreementTest : public QueryTest {
 protected:
  RunAgreementTest() {
    execute(
        path_,
        "UPDATE metrics SET value = 4 WHERE run_id = 1 AND name = 'loss' AND epoch = 1;"
        "INSERT INTO runs (id, experiment_id, trial_id, environment_id, seed, engine_details, status, host, "
        "process, "
        "process_start, started, uid) SELECT 100, experiment_id, trial_id, environment_id, seed, "
        "engine_details, "
        "status, host, process, process_start, started, 'again' FROM runs WHERE id = 1;"
        "INSERT INTO metrics SELECT 100, name, split, epoch, step, value, unit FROM metrics WHERE run_id = 1;"
        "INSERT INTO artifacts SELECT 100, kind, path, sha256, bytes FROM artifacts WHERE run_id = 1;"
        "INSERT INTO predictions SELECT 100, split, reviews, positive FROM predictions WHERE run_id = 1;");
  }
  RunAgreement after(const std::string& sql, double tolerance = 0.02) {
    execute(path_, sql);
    return compare_runs(*database_, 1, 100, tolerance);
  }
  static MetricAgreement metric(const RunAgreement& agreement, const std::string& split,
                                const std::string& name) {
    for (const MetricAgreement& one : agreement.metrics)
      if (one.split == split && one.name == name) return one;
    ADD_FAILURE() << "no " << split << ' ' << name;
    return {};
  }
};

TEST_F(RunAgreementTest, EqualBitsAgree) {
  const RunAgreement agreement = after("", 0);
  EXPECT_TRUE(is_within(agreement));
  EXPECT_EQ(agreement.metrics.size(), 3U);
  for (const MetricAgreement& one : agreement.metrics) EXPECT_EQ(one.equal, one.values);
  ASSERT_EQ(agreement.predictions.size(), 1U);
  EXPECT_EQ(agreement.predictions[0].equal, 2);
  EXPECT_THAT(agreement_text(agreement), HasSubstr("parameters_best: the same bits"));
}

// Of its size where a figure is above 1, of 1 where it is below.
TEST_F(RunAgreementTest, CountsDifferencesByTheSizeOfFigures) {
  const RunAgreement agreement = after(
      "UPDATE metrics SET value = value - 0.02 WHERE run_id = 100 AND name = 'loss' AND epoch = 1; "
      "UPDATE metrics SET value = value - 0.004 WHERE run_id = 100 AND name = 'accuracy' AND split = 'test'");
  EXPECT_NEAR(metric(agreement, "train", "loss").largest, 0.005, 1e-12);
  EXPECT_EQ(metric(agreement, "train", "loss").epoch, 1);
  EXPECT_EQ(metric(agreement, "train", "loss").equal, 1);
  EXPECT_NEAR(metric(agreement, "test", "accuracy").largest, 0.004, 1e-12);
  EXPECT_TRUE(is_within(agreement));
  EXPECT_FALSE(is_within(after("", 0.0045)));
}

TEST_F(RunAgreementTest, OneEpochThatIsTooFarIsFound) {
  const RunAgreement agreement = after(
      "UPDATE metrics SET value = value + 0.03 WHERE run_id = 100 AND split = 'validation' AND epoch = 2");
  EXPECT_FALSE(is_within(agreement));
  EXPECT_THAT(agreement_text(agreement), HasSubstr("NOT WITHIN"));
}

TEST_F(RunAgreementTest, WhatOnlyOneHasIsNoAgreement) {
  EXPECT_FALSE(is_within(after("DELETE FROM metrics WHERE run_id = 100 AND split = 'test'", 1)));
}

TEST_F(RunAgreementTest, NanInOneIsNoAgreementAndInBothIs) {
  const std::string nan = "UPDATE metrics SET value = NULL WHERE epoch = 1 AND name = 'loss' AND run_id ";
  EXPECT_FALSE(is_within(after(nan + "= 100", 1)));
  EXPECT_TRUE(is_within(after(nan + "= 1", 0)));
  EXPECT_FALSE(is_within(after("UPDATE metrics SET value = 9e999 WHERE run_id = 100 AND split = 'test'", 1)));
}

TEST_F(RunAgreementTest, WhatRoundingMovesFirstIsShownAndNotJudged) {
  const RunAgreement agreement = after(
      "INSERT INTO metrics VALUES (1, 'best_epoch', 'validation', 2, -1, 1, 'epoch'), "
      "(100, 'best_epoch', 'validation', 2, -1, 2, 'epoch'), (1, 'gradient_norm', 'train', 2, -1, 1, ''), "
      "(100, 'gradient_norm', 'train', 2, -1, 2, '')");
  EXPECT_TRUE(is_within(agreement));
  EXPECT_THAT(agreement_text(agreement), HasSubstr("not judged"));
}

TEST_F(RunAgreementTest, WhatTheMachineDidIsLeftOut) {
  EXPECT_TRUE(
      is_within(after("INSERT INTO metrics VALUES (100, 'memory_peak', '', 2, -1, 1e9, 'bytes')", 0)));
}

TEST_F(RunAgreementTest, PredictionsAreJudgedByTheirClasses) {
  const RunAgreement near =
      after("UPDATE predictions SET positive = x'0000403F0100803E' WHERE run_id = 100", 0);
  EXPECT_EQ(near.predictions[0].equal, 1);
  EXPECT_EQ(near.predictions[0].same_class, 2);
  EXPECT_NEAR(near.predictions[0].largest, 2.98e-8, 1e-9);
  EXPECT_TRUE(is_within(near));
  const RunAgreement other =
      after("UPDATE predictions SET positive = x'0000403F0000403F' WHERE run_id = 100");
  EXPECT_EQ(other.predictions[0].same_class, 1);
  EXPECT_FALSE(is_within(other));
  EXPECT_THAT(agreement_text(other), HasSubstr("1 of 2 reviews in the same class"));
  EXPECT_FALSE(is_within(after("DELETE FROM predictions WHERE run_id = 100", 1)));
}

TEST_F(RunAgreementTest, OtherWeightsAreSaid) {
  const RunAgreement agreement =
      after("UPDATE artifacts SET sha256 = 'ef56' WHERE run_id = 100 AND kind LIKE 'par%'", 0);
  EXPECT_TRUE(is_within(agreement)) << "their figures tell";
  EXPECT_THAT(agreement_text(agreement),
              HasSubstr("parameters_best: other bits (SHA-256 ab12 then, ef56 now)"));
}

}  // namespace
}  // namespace rnnbench
