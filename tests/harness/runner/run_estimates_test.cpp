#include "harness/runner/run_estimates.hpp"

#include <gtest/gtest.h>

#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

TrialSpec trial_of(int epochs, int length, int units = 8, int batch = 16) {
  TrialSpec trial = tiny_trial(epochs);
  trial.data.set = "toy";
  trial.data.limit.train = 100;
  trial.recipe.length = length;
  trial.model.layers[0].units = units;
  trial.training.batch = batch;
  return trial;
}

TEST(RunEstimates, SayNothingWhereNothingIsKnown) {
  RunEstimates estimates;
  EXPECT_FALSE(estimates.of("a", run_size(trial_of(1, 10))));
  estimates.add({"b", run_size(trial_of(1, 10)), 0, 0});
  estimates.add({"c", run_size(trial_of(1, 10)), 3, 0});
  EXPECT_FALSE(estimates.of("a", run_size(trial_of(1, 10))));
  TrialSpec lstm = trial_of(1, 10);
  lstm.model.layers[0].cell = Cell::kLstm;
  estimates.add({"d", run_size(lstm), 3, 5});
  EXPECT_FALSE(estimates.of("a", run_size(trial_of(1, 10)))) << "another cell";
}

TEST(RunEstimates, AreTheMeanOfTheSameTrialWhereItRan) {
  RunEstimates estimates;
  estimates.add({"a", run_size(trial_of(1, 10)), 2, 3});
  estimates.add({"b", run_size(trial_of(1, 10)), 8, 100});
  estimates.add({"a", run_size(trial_of(1, 10)), 1, 6});
  const auto estimate = estimates.of("a", run_size(trial_of(1, 10)));
  ASSERT_TRUE(estimate);
  EXPECT_DOUBLE_EQ(estimate->seconds, 4);
  EXPECT_EQ(estimate->basis, "3 runs of it");
}

TEST(RunEstimates, ScaleLikeTrialsByEpochsReviewsAndLength) {
  RunEstimates estimates;
  estimates.add({"a", run_size(trial_of(1, 10)), 1, 2});
  estimates.add({"b", run_size(trial_of(2, 10)), 1, 4});
  EXPECT_DOUBLE_EQ(estimates.of("x", run_size(trial_of(6, 20)))->seconds, 24);
  EXPECT_EQ(estimates.of("x", run_size(trial_of(6, 20)))->basis, "2 runs of like trials");
  TrialSpec more = trial_of(1, 10);
  more.data.limit.train = 0;
  EXPECT_DOUBLE_EQ(estimates.of("x", run_size(more))->seconds, 40) << "all 2,000 reviews";
  more.data.validation = 0.5;
  EXPECT_DOUBLE_EQ(estimates.of("x", run_size(more))->seconds, 20);
}

TEST(RunEstimates, TakeOtherSizesOnlyWhereThereAreNoLikeOnes) {
  RunEstimates estimates;
  estimates.add({"a", run_size(trial_of(1, 10, 8)), 1, 2});
  estimates.add({"b", run_size(trial_of(1, 10, 64)), 1, 3});
  EXPECT_DOUBLE_EQ(estimates.of("x", run_size(trial_of(1, 20, 64)))->seconds, 6);
  const auto other = estimates.of("x", run_size(trial_of(1, 10, 32)));
  EXPECT_EQ(other->basis, "2 runs of like trials of other sizes");
  EXPECT_DOUBLE_EQ(other->seconds, 5.0 / 72 * 32);
}

}  // namespace
}  // namespace rnnbench
