#include "harness/measure/phase_timer.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <thread>

namespace rnnbench {
namespace {

void one_step(PhaseTimer& timer, bool sample) {
  timer.begin_step(sample);
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
  for (int i = 0; i < 5; ++i) one_step(timer, true);
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
  for (int i = 0; i < 5; ++i) one_step(timer, true);
  const auto timings = timer.take(1, 3);
  EXPECT_EQ(by_phase(timings, true).at("step").samples_ns.size(), 3U);
  EXPECT_EQ(by_phase(timings, false).at("step").samples_ns.size(), 2U);
  EXPECT_TRUE(timer.take(2, 0).empty()) << "samples were taken twice";
}

TEST(PhaseTimer, LeavesOutStepsThatAreNotSampled) {
  PhaseTimer timer(true);
  one_step(timer, false);
  EXPECT_FALSE(timer.synchronises());
  EXPECT_TRUE(timer.take(1, 0).empty());
  timer.begin_step(true);
  EXPECT_TRUE(timer.synchronises());
}

TEST(PhaseTimer, NeverSynchronisesWhereTheDeviceIsTheHost) {
  PhaseTimer timer(false);
  timer.begin_step(true);
  EXPECT_FALSE(timer.synchronises());
}

}  // namespace
}  // namespace rnnbench
