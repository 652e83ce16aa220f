// Catches: a control that is taken again and again between short runs, one that is never taken again.
#include "harness/measure/paced_control.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_ticks.hpp"

namespace rnnbench {
namespace {

using Samples = std::vector<std::int64_t>;

TEST(PacedControl, TakesAHundredthOfTheTimeAtMost) {
  FakeTicks clock;
  std::int64_t times = 0;
  PacedControl control(clock, [&] {
    clock.advance(10);
    return Samples{++times};
  });
  const auto samples = [&](bool is_new) {
    const ControlReading reading = control.read();
    EXPECT_EQ(reading.is_new, is_new);
    return reading.samples_ns;
  };
  EXPECT_EQ(samples(true), Samples{1});
  clock.advance(999);
  EXPECT_EQ(samples(false), Samples{1});
  clock.advance(1);
  EXPECT_EQ(samples(true), Samples{2});
  EXPECT_EQ(samples(false), Samples{2});
}

TEST(PacedControl, TimesTheControlWork) {
  FakeTicks clock;
  clock.reading = 7;
  EXPECT_EQ(PacedControl(clock).read().samples_ns, Samples(5, 7));
}

}  // namespace
}  // namespace rnnbench
