#include "harness/bench/bench_round.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/harness/bench/fake_sides.hpp"

namespace rnnbench {
namespace {

std::size_t count(const std::vector<std::string>& asked, const std::string& beginning) {
  return static_cast<std::size_t>(
      std::ranges::count_if(asked, [&](const std::string& each) { return each.starts_with(beginning); }));
}

TEST(RoundTaker, TakesStepsInTurnsOfAboutEqualTimes) {
  SideScript script;
  script.step_ns = {2 * kMillisecond, 5 * kMillisecond};
  RoundTaker taker(std::vector<SideSetup>(2), fake_sides(script), 1.0, script.clock);
  const BenchRound round = taker.take(1);
  EXPECT_EQ(script.launches, 2) << "a process a side";
  EXPECT_GT(count(script.asked, "0 train 5"), 3U) << "10 ms a block";
  EXPECT_EQ(count(script.asked, "0 train 5"), count(script.asked, "1 train 2"));
  const auto& steps = round.sides[0].samples_ns.at("step");
  EXPECT_TRUE(std::ranges::all_of(steps, [](std::int64_t sample) { return sample == 2 * kMillisecond; }));
  EXPECT_FALSE(round.sides[1].samples_ns.at("predict").empty());
  EXPECT_FALSE(round.sides[1].samples_ns.at("phases").empty());
  EXPECT_EQ(round.sides[1].memory_peak, 2000);
  EXPECT_EQ(round.control_ns.size(), 10U);
}

TEST(RoundTaker, BlocksBeginWithAnotherSideEachTime) {
  SideScript script;
  script.step_ns = {20 * kMillisecond, 20 * kMillisecond};
  RoundTaker taker(std::vector<SideSetup>(2), fake_sides(script), 2.0, script.clock);
  taker.take(1);
  // After the warm-up: blocks of one step, "x y", "y x", "x y", …
  const auto first = std::ranges::find(script.asked, "0 predict 1");
  std::string turns;
  for (auto each = first; each != script.asked.end(); ++each) {
    if (each->find(" train 1") != std::string::npos) turns += (*each)[0];
  }
  EXPECT_NE(turns.find("01100110"), std::string::npos) << turns;
}

TEST(RoundTaker, KeepsWarmUpApart) {
  SideScript script;
  script.step_ns = {kMillisecond};
  script.cold_steps = 8;
  RoundTaker taker(std::vector<SideSetup>(1), fake_sides(script), 3.0, script.clock);
  const BenchRound round = taker.take(1);
  const auto& warm_up = round.sides[0].warm_up_ns;
  EXPECT_EQ(std::ranges::count(warm_up, 10 * kMillisecond), 8);
  const auto& steps = round.sides[0].samples_ns.at("step");
  EXPECT_EQ(std::ranges::count(steps, 10 * kMillisecond), 0);
}

// Catches: a comparison of slow models that takes many times as long as it may.
TEST(RoundTaker, TakesAStepOfEachKindOfModelsThatAreTooSlow) {
  SideScript script;
  script.step_ns = {10'000 * kMillisecond, 30'000 * kMillisecond};
  RoundTaker taker(std::vector<SideSetup>(2), fake_sides(script), 1.0, script.clock);
  const BenchRound round = taker.take(1);
  for (const SideRound& side : round.sides) {
    EXPECT_EQ(side.warm_up_ns.size(), 1U);
    EXPECT_EQ(side.samples_ns.at("step").size(), 1U);
    EXPECT_EQ(side.samples_ns.at("phases").size(), 1U);
    EXPECT_EQ(side.samples_ns.at("predict").size(), 1U);
  }
  EXPECT_EQ(script.asked.size(), 10U);
}

// Catches: steps that are still cold, since to start a process took the round's time.
TEST(RoundTaker, TakesThreeBlocksOfModelsThatAreNotSlow) {
  SideScript script;
  script.step_ns = {20 * kMillisecond, 50 * kMillisecond};
  RoundTaker taker(std::vector<SideSetup>(2), fake_sides(script), 0.0, script.clock);
  const BenchRound round = taker.take(1);
  for (const SideRound& side : round.sides) {
    EXPECT_EQ(side.warm_up_ns.size(), 3U);
    EXPECT_EQ(side.samples_ns.at("step").size(), 3U);
    EXPECT_EQ(side.samples_ns.at("phases").size(), 3U);
    EXPECT_GE(side.samples_ns.at("predict").size(), 3U);
  }
}

// Catches: a round of programs that take long to start and are hardly measured.
TEST(RoundTaker, MeasuresForHalfOfItsTimeHoweverLongSidesTakeToStart) {
  SideScript script;
  script.step_ns = {kMillisecond, kMillisecond};
  script.set_up_ns = 5'000 * kMillisecond;
  RoundTaker taker(std::vector<SideSetup>(2), fake_sides(script), 2.0, script.clock);
  const BenchRound round = taker.take(1);
  for (const SideRound& side : round.sides) {
    EXPECT_NEAR(static_cast<double>(side.samples_ns.at("step").size()), 0.7 * 1000 / 2, 25);
  }
}

TEST(RoundTaker, LeavesTheOrderToTheRoundsNumber) {
  SideScript script;
  script.step_ns = {kMillisecond, kMillisecond};
  RoundTaker taker(std::vector<SideSetup>(2), fake_sides(script), 0.1, script.clock);
  std::set<char> first;
  for (const int number : {1, 2}) {
    script.asked.clear();
    taker.take(number);
    first.insert(script.asked.front()[0]);
  }
  EXPECT_EQ(first.size(), 2U);
}

}  // namespace
}  // namespace rnnbench
