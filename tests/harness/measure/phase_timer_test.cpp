#include "harness/measure/phase_timer.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <thread>

namespace rnnbench {
namespace {

void one_step(PhaseTimer& timer) {
  timer.begin_step();
  timer.data_ready();
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  timer.finished(Phase::kForward);
  timer.finished(Phase::kBackward);
  timer.finished(Phase::kOptimizer);
  timer.end_step();
}

std::map<std::string, TimingRecord> by_phase(std::vector<TimingRecord> timings, bool warmup) {
  std::map<std::string, TimingRecord> found;
  for (TimingRecord& timing : timings) {
    if (timing.warmup == warmup) found.emplace(timing.phase, std::move(timing));
  }
  return found;
}

TEST(PhaseTimer, PhasesAddUpToTheStep) {
  PhaseTimer timer(false);
  for (int i = 0; i < 5; ++i) one_step(timer);
  auto timings = by_phase(timer.take(1, 0), false);
  ASSERT_EQ(timings.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    std::int64_t sum = 0;
    for (const char* phase : {"data", "forward", "backward", "optimizer"})
      sum += timings[phase].samples_ns.at(i);
    EXPECT_LE(sum, timings["step"].samples_ns.at(i));
    EXPECT_GE(timings["forward"].samples_ns.at(i), 2'000'000);
    EXPECT_LT(timings["backward"].samples_ns.at(i), timings["forward"].samples_ns.at(i));
  }
}

TEST(PhaseTimer, KeepsTheFirstStepsApartAsWarmUp) {
  PhaseTimer timer(false);
  for (int i = 0; i < 5; ++i) one_step(timer);
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
