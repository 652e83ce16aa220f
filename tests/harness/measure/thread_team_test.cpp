#include "harness/measure/thread_team.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace rnnbench {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::Gt;
using testing::Le;
using testing::SizeIs;

TEST(ThreadTeam, CountsDoubleUpToTheCores) {
  EXPECT_THAT(thread_counts(1), ElementsAre(1));
  EXPECT_THAT(thread_counts(2), ElementsAre(1, 2));
  EXPECT_THAT(thread_counts(6), ElementsAre(1, 2, 4, 6));
  EXPECT_THAT(thread_counts(8), ElementsAre(1, 2, 4, 8));
}

TEST(ThreadTeam, EachThreadCallsWithItsOwnNumberInEachBurst) {
  std::mutex mutex;
  std::set<std::pair<int, std::thread::id>> seen;
  const auto rates = burst_rates(3, 0.001, 0, [&](int thread) {
    const std::lock_guard lock(mutex);
    seen.insert({thread, std::this_thread::get_id()});
  });
  EXPECT_THAT(rates, SizeIs(3)) << "that many are made when time is over at once";
  EXPECT_THAT(rates, Each(Field(&BurstRate::summed, Gt(0))));
  EXPECT_THAT(seen, SizeIs(3)) << "thread 0 is the caller's, and each keeps its number";
  EXPECT_TRUE(seen.contains({0, std::this_thread::get_id()}));
}

// Catches: rates of one thread alone, rates that count a call too often. A call takes 2 ms or more.
TEST(ThreadTeam, RatesAreOfAllThreadsTogether) {
  std::atomic<int> calls = 0;
  const std::vector<BurstRate> rates = burst_rates(2, 0, 0, [&](int) {
    ++calls;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  });
  EXPECT_THAT(rates, Each(Field(&BurstRate::summed, Le(2 / 2e-3))));
  EXPECT_THAT(rates, Each(Field(&BurstRate::together, Le(2 / 2e-3))));
  EXPECT_EQ(calls, 2 + 2 * 3) << "one that isn't counted, and one in each of three bursts";
}

TEST(ThreadTeam, TheBestOfBurstsIsTheLargestOfEachKind) {
  const std::vector<BurstRate> rates = {{3, 1}, {2, 2}, {1, 0}};
  EXPECT_EQ(best_summed(rates), 3);
  EXPECT_EQ(best_together(rates), 2);
}

}  // namespace
}  // namespace rnnbench
