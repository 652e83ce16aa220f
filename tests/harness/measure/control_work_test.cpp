#include "harness/measure/control_work.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_ticks.hpp"

namespace rnnbench {
namespace {

TEST(ControlWork, IsTimedByTheGivenClockFromEdgeToEdge) {
  FakeTicks clock;
  clock.reading = 7;
  ControlWork work;
  EXPECT_EQ(work.measure(clock), 7);
}

TEST(ControlWork, IsReadFiveTimes) {
  FakeTicks clock;
  clock.reading = 7;
  ControlWork work;
  EXPECT_EQ(work.read(clock), std::vector<std::int64_t>(5, 7));
}

TEST(ControlWork, TakesTime) {
  ControlWork work;
  EXPECT_GT(work.measure(), 0);
}

}  // namespace
}  // namespace rnnbench
