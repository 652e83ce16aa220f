#include "harness/runner/budget.hpp"

#include <gtest/gtest.h>

#include "tests/harness/runner/fakes.hpp"

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
  EXPECT_TRUE(budget.allows(trial("a")));
  now_ = 15;
  EXPECT_TRUE(budget.allows(trial("a")));
  now_ = 15.1;
  EXPECT_FALSE(budget.allows(trial("a")));
}

TEST_F(BudgetTest, AllowsTheUnknownWhileThereIsTime) {
  const Budget budget = this->budget(25);
  now_ = 24;
  EXPECT_TRUE(budget.allows(trial("a")));
  now_ = 25;
  EXPECT_FALSE(budget.allows(trial("a")));
}

TEST_F(BudgetTest, LearnsFromRunsOfThisCall) {
  Budget budget = this->budget(25);
  budget.learn(trial("a"), 20);
  now_ = 20;
  EXPECT_FALSE(budget.allows(trial("a")));
  EXPECT_TRUE(budget.allows(trial("other-data"))) << "no work to scale by: nothing is known";
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
