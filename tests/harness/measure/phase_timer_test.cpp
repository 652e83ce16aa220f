#include "harness/measure/phase_timer.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/fake_ticks.hpp"

namespace rnnbench {
namespace {

/// 1 ns of data, 20 of forward, 300 of backward, 4000 of the optimiser, and 50000 after it.
void one_step(PhaseTimer& timer, const FakeTicks& clock) {
  timer.begin_step();
  clock.advance(1);
  timer.data_ready();
  clock.advance(20);
  timer.finished(Phase::kForward);
  clock.advance(300);
  timer.finished(Phase::kBackward);
  clock.advance(4'000);
  timer.finished(Phase::kOptimizer);
  clock.advance(50'000);
  timer.end_step();
}

std::map<std::string, TimingRecord> by_phase(std::vector<TimingRecord> timings, bool warmup) {
  std::map<std::string, TimingRecord> found;
  for (TimingRecord& timing : timings) {
    if (timing.warmup == warmup) found.emplace(timing.phase, std::move(timing));
  }
  return found;
}

TEST(PhaseTimer, IsExactToTheNanosecond) {
  const FakeTicks clock;
  PhaseTimer timer(false, clock);
  for (int i = 0; i < 3; ++i) {
    one_step(timer, clock);
    clock.advance(7'000'000);  // between steps: nobody's
  }
  auto timings = by_phase(timer.take(1, 0), false);
  ASSERT_EQ(timings.size(), 5U);
  using Samples = std::vector<std::int64_t>;
  EXPECT_EQ(timings["data"].samples_ns, (Samples{1, 1, 1}));
  EXPECT_EQ(timings["forward"].samples_ns, (Samples{20, 20, 20}));
  EXPECT_EQ(timings["backward"].samples_ns, (Samples{300, 300, 300}));
  EXPECT_EQ(timings["optimizer"].samples_ns, (Samples{4'000, 4'000, 4'000}));
  EXPECT_EQ(timings["step"].samples_ns, (Samples{54'321, 54'321, 54'321}));
}

TEST(PhaseTimer, AddsUpPhasesThatTakeTurns) {
  const FakeTicks clock;
  PhaseTimer timer(false, clock);
  for (int i = 0; i < 2; ++i) {
    timer.begin_step();
    timer.data_ready();
    for (int turn = 0; turn < 3; ++turn) {
      clock.advance(20);
      timer.finished(Phase::kForward);
      clock.advance(300);
      timer.finished(Phase::kBackward);
    }
    timer.end_step();
  }
  auto timings = by_phase(timer.take(1, 0), false);
  EXPECT_EQ(timings["forward"].samples_ns, (std::vector<std::int64_t>{60, 60}));
  EXPECT_EQ(timings["backward"].samples_ns, (std::vector<std::int64_t>{900, 900}));
  EXPECT_EQ(timings["step"].samples_ns, (std::vector<std::int64_t>{960, 960}));
  EXPECT_FALSE(timings.contains("optimizer")) << "nobody told of it";
}

TEST(PhaseTimer, KeepsTheFirstStepsApartAsWarmUp) {
  const FakeTicks clock;
  PhaseTimer timer(false, clock);
  for (int i = 0; i < 5; ++i) one_step(timer, clock);
  const auto timings = timer.take(1, 3);
  EXPECT_EQ(by_phase(timings, true).at("step").samples_ns.size(), 3U);
  EXPECT_EQ(by_phase(timings, false).at("step").samples_ns.size(), 2U);
  EXPECT_TRUE(timer.take(2, 0).empty()) << "samples were taken twice";
}

// Catches: the time that queueing takes shown as the time that a step takes.
TEST(PhaseTimer, KeepsOnlyTheDataPhaseWhereTheDeviceWorksOnItsOwn) {
  PhaseTimer timer(/*device_is_asynchronous=*/true);
  for (int i = 0; i < 2; ++i) {
    timer.begin_step();
    timer.data_ready();
    timer.end_step();
  }
  const auto timings = timer.take(1, 0);
  ASSERT_EQ(timings.size(), 1U);
  EXPECT_EQ(timings[0].phase, "data");
  EXPECT_EQ(timings[0].samples_ns.size(), 2U);
}

TEST(AddSamples, KeepsTheFirstApartAndLeavesOutWhatIsEmpty) {
  std::vector<TimingRecord> timings;
  add_samples(timings, "step", "device", 2, 1, {5, 6, 7});
  add_samples(timings, "forward", "device", 2, 3, {8});
  add_samples(timings, "backward", "device", 2, 3, {});
  ASSERT_EQ(timings.size(), 3U);
  EXPECT_TRUE(timings[0].warmup);
  EXPECT_EQ(timings[0].samples_ns, std::vector<std::int64_t>{5});
  EXPECT_FALSE(timings[1].warmup);
  EXPECT_EQ(timings[1].samples_ns, (std::vector<std::int64_t>{6, 7}));
  EXPECT_EQ(timings[2].phase, "forward");
  EXPECT_TRUE(timings[2].warmup);
  for (const TimingRecord& timing : timings) {
    EXPECT_EQ(timing.clock, "device");
    EXPECT_EQ(timing.epoch, 2);
  }
}

}  // namespace
}  // namespace rnnbench
