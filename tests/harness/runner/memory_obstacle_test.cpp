#include "harness/runner/memory_obstacle.hpp"

#include <gtest/gtest.h>

#include "harness/model/memory_need.hpp"
#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

TrialSpec large_trial() {
  TrialSpec trial = tiny_trial(1);
  trial.model.layers[0].units = 1000;
  trial.recipe.vocabulary = 1000;
  trial.recipe.length = 1000;
  trial.training.batch = 1000;
  return trial;
}

double need_of(const TrialSpec& trial) {
  return memory_need(trial.model, trial.training.optimizer, {1000, trial.training.batch, 1000}).total();
}

TEST(MemoryObstacle, GivesEstimateLimitAndRemedy) {
  const double gib = 1 << 30;
  EXPECT_EQ(memory_obstacle(large_trial(), 2.5 * gib),
            "needs about 11.2 GiB to train, this machine has 2.5 GiB; make training.batch, recipe.length or "
            "the model smaller");
}

TEST(MemoryObstacle, IsNoneWhereItFits) {
  const double need = need_of(large_trial());
  EXPECT_EQ(memory_obstacle(large_trial(), need), "");
  EXPECT_NE(memory_obstacle(large_trial(), need - 1), "");
}

TEST(MemoryObstacle, ABatchIsNoLargerThanTheTrainingReviews) {
  TrialSpec trial = large_trial();
  trial.data.limit.train = 10;
  trial.training.batch = 10;
  const double need = need_of(trial);
  trial.training.batch = 1'000'000;
  EXPECT_EQ(memory_obstacle(trial, need), "");
}

}  // namespace
}  // namespace rnnbench
