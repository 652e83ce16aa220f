#include "harness/bench/side_batches.hpp"

#include <gtest/gtest.h>

#include "harness/core/seeds.hpp"
#include "tests/harness/runner/fakes.hpp"

namespace rnnbench {
namespace {

class SideBatchesTest : public testing::Test {
 protected:
  SideBatchesTest() : services(fake_services(script, ".")), reviews(services.load_data({}).train.reviews()) {}

  EngineScript script;
  RunServices services;
  std::size_t reviews;
  TrialSpec trial = tiny_trial(1);
};

TEST_F(SideBatchesTest, AreTheFirstOfAnEpoch) {
  trial.training.batch = 2;
  SideSetup setup;
  setup.batches = 2;
  setup.seed = 3;
  const SideBatches some(trial, setup, services);
  const auto order = epoch_order(reviews, run_seeds(3).order, 1);
  ASSERT_EQ(some.rows.size(), 2U);
  EXPECT_EQ(some.rows[1], (std::vector<std::uint32_t>{order[2], order[3]}));
  EXPECT_EQ(some.batches[1].labels[0], some.data.train.labels[order[2]]);
}

// Catches: a shorter batch among the others, which would be quicker.
TEST_F(SideBatchesTest, LeaveAShorterOneOut) {
  trial.training.batch = static_cast<int>(reviews) - 1;
  EXPECT_EQ(SideBatches(trial, {}, services).batches.size(), 1U);
  trial.training.batch = static_cast<int>(reviews) + 1;
  const SideBatches all(trial, {}, services);
  ASSERT_EQ(all.batches.size(), 1U);
  EXPECT_EQ(all.batches[0].reviews, static_cast<int>(reviews));
}

}  // namespace
}  // namespace rnnbench
