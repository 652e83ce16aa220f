// Catches: the control of before the first epoch lost, one reading counted to two epochs.
#include "harness/runner/control_record.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace rnnbench {
namespace {

using Samples = std::vector<std::int64_t>;

/// The control of each of four epochs; empty where it has none.
std::vector<Samples> controls_of(std::deque<ControlReading> readings) {
  ControlRecord record([&] {
    const ControlReading reading = readings.front();
    readings.pop_front();
    return reading;
  });
  record.begin();
  std::vector<Samples> controls;
  for (int number = 3; number <= 6; ++number) {
    EpochRecord epoch{number, {}, {{"evaluate", "host", number, false, {1}}}};
    record.add_to(epoch);
    controls.emplace_back();
    if (epoch.timings.size() == 1) continue;
    const TimingRecord& timing = epoch.timings.back();
    EXPECT_EQ(timing.phase, "control");
    EXPECT_EQ(timing.epoch, number);
    EXPECT_FALSE(timing.warmup);
    controls.back() = timing.samples_ns;
  }
  return controls;
}

TEST(ControlRecord, IsOfBeforeTheFirstEpochAndAfterEachThatHadTime) {
  EXPECT_EQ(controls_of({{{1, 2}}, {{3, 4}}, {{3, 4}, false}, {{5}}, {{6}}}),
            (std::vector<Samples>{{1, 2, 3, 4}, {}, {5}, {6}}));
}

TEST(ControlRecord, OfAShortRunIsThatOfAMomentAgo) {
  const ControlReading earlier{{1, 2}, false};
  EXPECT_EQ(controls_of({earlier, earlier, earlier, earlier, earlier}),
            (std::vector<Samples>{{1, 2}, {}, {}, {}}));
}

TEST(ControlRecord, OfNobodyWhoReadsIsNothing) {
  ControlRecord record({});
  record.begin();
  EpochRecord epoch{1, {}, {}};
  record.add_to(epoch);
  EXPECT_TRUE(epoch.timings.empty());
}

}  // namespace
}  // namespace rnnbench
