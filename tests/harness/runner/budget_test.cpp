#include "harness/runner/budget.hpp"

#include <gtest/gtest.h>

#include "tests/harness/runner/fakes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

class BudgetTest : public testing::Test {
 protected:
  static PlannedTrial trial(const char* key, int epochs = 1) {
    return {tiny_trial(epochs), tiny_record(key), key};
  }
  Budget budget(double seconds) {
    return {seconds, [this] { return now_; }, estimates_};
  }
  double now_ = 0;
  RunEstimates estimates_;
};

TEST_F(BudgetTest, AllowsWhatEndsInTime) {
  estimates_.add({"a", run_size(trial("a").spec), 1, 10});
  const Budget budget = this->budget(25);
  EXPECT_TRUE(budget.allows(trial("a"), 1));
  now_ = 15;
  EXPECT_TRUE(budget.allows(trial("a"), 1));
  now_ = 15.1;
  EXPECT_FALSE(budget.allows(trial("a"), 1));
}

TEST_F(BudgetTest, AllowsTheUnknownWhileThereIsTime) {
  const Budget budget = this->budget(25);
  now_ = 24;
  EXPECT_TRUE(budget.allows(trial("a"), 1));
  now_ = 25;
  EXPECT_FALSE(budget.allows(trial("a"), 1));
}

TEST_F(BudgetTest, LearnsFromRunsOfThisCall) {
  Budget budget = this->budget(25);
  budget.learn(trial("a"), 20);
  now_ = 20;
  EXPECT_FALSE(budget.allows(trial("a"), 1));
  EXPECT_TRUE(budget.allows(trial("other-data"), 1)) << "no work to scale by: nothing is known";
}

TEST_F(BudgetTest, ChargesARunThatGoesOnWithItsEpochsLeft) {
  const PlannedTrial half_done = trial("a", 10);
  estimates_.add({"a", run_size(half_done.spec), 1, 100});
  const Budget budget(25, [this] { return now_; }, estimates_, {{{"a", 1}, 8}, {{"a", 3}, 10}});
  EXPECT_DOUBLE_EQ(budget.estimate(half_done, 1)->seconds, 20);
  EXPECT_TRUE(budget.allows(half_done, 1));
  EXPECT_FALSE(budget.allows(half_done, 2));
  EXPECT_DOUBLE_EQ(budget.estimate(half_done, 3)->seconds, 100) << "of a run with more epochs: no part of it";
}

// Catches: the seconds of the last process taken for those of the run.
TEST_F(BudgetTest, LearnsHowLongAWholeRunTookThatWentOn) {
  const TemporaryFolder folder;
  Matrix matrix;
  matrix.seeds = {1};
  matrix.trials = {trial("a", 6)};
  EngineScript script;
  script.stop_at_step = 8;
  RecordingSink sink;
  ProgressListener quiet;
  RunServices services = fake_services(script, folder.path().string());
  EXPECT_THROW(run_matrix(matrix, false, services, sink, quiet), Interrupted);
  sink.at(1).end.seconds = 100;
  script.stop = std::stop_source();
  services.stop = script.stop.get_token();
  services.budget = std::make_shared<Budget>(
      50, [this] { return now_; }, estimates_);
  EXPECT_EQ(run_matrix(matrix, false, services, sink, quiet).finished, 1);
  ASSERT_EQ(sink.resumed_from, std::vector<int>{2});
  EXPECT_GT(services.budget->estimate(trial("a", 6), 2)->seconds, 100);
}

TEST_F(BudgetTest, IsAskedByTheMatrixBeforeEachRun) {
  Matrix matrix;
  matrix.experiment = {"e", "q", "c"};
  matrix.seeds = {1};
  for (const char* key : {"a", "b", "c"}) matrix.trials.push_back(trial(key));
  estimates_.add({"b", {}, 1, 100});
  EngineScript script;
  RecordingSink sink;
  ProgressListener quiet;
  RunServices services = fake_services(script, testing::TempDir() + "budget_test");
  services.budget = std::make_shared<Budget>(
      50, [this] { return now_; }, estimates_);
  const MatrixOutcome outcome = run_matrix(matrix, false, services, sink, quiet);
  EXPECT_EQ(outcome.finished, 2);
  EXPECT_EQ(outcome.left, 1);
  now_ = 60;
  EXPECT_EQ(run_matrix(matrix, true, services, sink, quiet).left, 3);
}

}  // namespace
}  // namespace rnnbench
