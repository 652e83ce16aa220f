#include "harness/runner/run_order.hpp"

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

}  // namespace
}  // namespace rnnbench
