#include "harness/runner/run_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rnnbench {
namespace {

TEST(RunOrder, HoldsEachTrialOnceInAnOrderOfTheSeed) {
  const std::vector<std::size_t> first = run_order(50, 1);
  EXPECT_EQ(std::set<std::size_t>(first.begin(), first.end()).size(), 50U);
  EXPECT_EQ(*std::max_element(first.begin(), first.end()), 49U);
  EXPECT_EQ(run_order(50, 1), first);
  EXPECT_NE(run_order(50, 2), first);
  EXPECT_TRUE(run_order(0, 1).empty());
}

// Catches: an order by which a half-way stop leaves a value of the first axis without runs.
TEST(RunOrder, SpreadsTheFirstHalfOverTheMatrix) {
  const std::vector<std::size_t> order = run_order(100, 1);
  const auto early = std::count_if(order.begin(), order.begin() + 50, [](std::size_t i) { return i < 50; });
  EXPECT_GT(early, 12);
  EXPECT_LT(early, 38);
}

TEST(RunsInOrder, AreAllTrialsWithOneSeedAfterTheOther) {
  const std::vector<MatrixRun> runs = runs_in_order(3, {7, 9});
  ASSERT_EQ(runs.size(), 6U);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(runs[i].seed, i < 3 ? 7U : 9U);
    EXPECT_EQ(runs[i].trial, run_order(3, runs[i].seed)[i % 3]);
  }
}

// Catches: shards that overlap, leave a run out or are cut by trial.
TEST(RunsInOrder, FallToShardsOnceEachAndEvenly) {
  const std::vector<std::uint64_t> seeds = {1, 2, 3};
  std::set<std::pair<std::size_t, std::uint64_t>> all;
  for (int index = 1; index <= 4; ++index) {
    std::set<std::size_t> trials;
    const std::vector<MatrixRun> runs = runs_in_order(10, seeds, {index, 4});
    EXPECT_THAT(runs.size(), testing::AnyOf(7U, 8U));
    for (const auto& [trial, seed] : runs) {
      EXPECT_TRUE(all.emplace(trial, seed).second);
      trials.insert(trial);
    }
    EXPECT_GT(trials.size(), 3U);
  }
  EXPECT_EQ(all.size(), 30U);
  EXPECT_TRUE(runs_in_order(2, {1}, {3, 8}).empty());
}

}  // namespace
}  // namespace rnnbench
