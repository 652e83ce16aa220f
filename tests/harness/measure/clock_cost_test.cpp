#include "harness/measure/clock_cost.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_ticks.hpp"

namespace rnnbench {
namespace {

TEST(ClockCost, IsWhatEachReadingMovesAFakeClockBy) {
  FakeTicks clock;
  clock.reading = 25;
  const ClockCost cost = clock_cost(clock);
  EXPECT_EQ(cost.resolution_ns, 25);
  EXPECT_EQ(cost.reading_ns, 25);
}

TEST(ClockCost, OfAClockThatStandsIsNothing) {
  const ClockCost cost = clock_cost(FakeTicks{});
  EXPECT_EQ(cost.resolution_ns, 0);
  EXPECT_EQ(cost.reading_ns, 0);
}

TEST(ClockCost, TheHostsClockMoves) {
  const ClockCost cost = clock_cost();
  EXPECT_GT(cost.resolution_ns, 0);
  EXPECT_GT(cost.reading_ns, 0);
}

}  // namespace
}  // namespace rnnbench
