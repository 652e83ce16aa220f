#include "harness/measure/spread.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "tests/support/fake_ticks.hpp"

namespace rnnbench {
namespace {

TEST(Spread, IsMedianNinetyNinthPercentileAndLargest) {
  std::vector<std::int64_t> samples(200);
  std::iota(samples.rbegin(), samples.rend(), 1);  // 200 … 1
  const Spread spread = spread_of(samples);
  EXPECT_EQ(spread.samples, 200U);
  EXPECT_EQ(spread.median_ns, 100.5);
  EXPECT_EQ(spread.p99_ns, 198) << "198 of 200 are no larger";
  EXPECT_EQ(spread.max_ns, 200);
}

TEST(Spread, OfFewSamplesEndsWithTheLargest) {
  const std::vector<std::int64_t> samples = {30, 10, 20};
  EXPECT_EQ(spread_of(samples).median_ns, 20);
  EXPECT_EQ(spread_of(samples).p99_ns, 30);
  EXPECT_EQ(spread_of({}).samples, 0U);
  EXPECT_EQ(spread_of({}).max_ns, 0);
}

// Work of 100 ns, the tenth of 700; each reading of the clock takes 1 ns.
TEST(Spread, OfTimedWorkIsExactOnAFakeClock) {
  FakeTicks clock;
  clock.reading = 1;
  int calls = 0;
  const Spread spread = time_again([&] { clock.advance(++calls == 11 ? 700 : 100); }, 1e-6, 1000, clock);
  EXPECT_EQ(spread.median_ns, 101);
  EXPECT_EQ(spread.max_ns, 701);
  EXPECT_EQ(spread.samples, 10U) << "nine of 102 ns and the long one end after a microsecond";
  EXPECT_EQ(calls, 11) << "the first isn't counted";
}

TEST(Spread, IsOfThreeSamplesAtLeastAndOfTheMostAtMost) {
  const FakeTicks clock;
  EXPECT_EQ(time_again([&] { clock.advance(1'000'000'000); }, 1e-6, 1000, clock).samples, 3U);
  EXPECT_EQ(time_again([] {}, 1, 7, clock).samples, 7U) << "a clock that stands still doesn't hold it";
}

TEST(Jitter, IsOfWorkOfAboutTenMicroseconds) {
  const Spread jitter = measure_jitter(0.02);
  EXPECT_GT(jitter.samples, 3U);
  EXPECT_GT(jitter.median_ns, 0);
  EXPECT_LE(jitter.median_ns, jitter.p99_ns);
  EXPECT_LE(jitter.p99_ns, jitter.max_ns);
}

}  // namespace
}  // namespace rnnbench
