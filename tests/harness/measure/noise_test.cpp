#include "harness/measure/noise.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

using Samples = std::vector<std::int64_t>;

// Median 105, median absolute deviation 10: the limit is 3.5 · 10 / 0.6745 = 51.9.
TEST(Noise, FlagsWhatIsFarFromTheMedian) {
  const Samples samples = {95, 100, 105, 110, 115, 156, 157, 53, 105};
  EXPECT_EQ(noisy_samples(samples), (std::vector<bool>{0, 0, 0, 0, 0, 0, 1, 1, 0}));
  EXPECT_EQ(noisy_count(samples), 2U);
}

TEST(Noise, FlagsWhatDiffersWhereMostAreAlike) {
  EXPECT_EQ(noisy_samples(Samples{1000, 1000, 1000, 1005, 1011}), (std::vector<bool>{0, 0, 0, 0, 1}));
}

TEST(Noise, HasNothingToSayOfTooFew) {
  EXPECT_EQ(noisy_count({}), 0U);
  EXPECT_EQ(noisy_count(Samples{7}), 0U);
}

TEST(ClockProblem, IsSaidOfClocksThatJumpOrStand) {
  EXPECT_EQ(clock_problem(Samples{5, 6, 0}), "");
  EXPECT_EQ(clock_problem({}), "nothing was timed");
  EXPECT_EQ(clock_problem(Samples{5, -6, 7}), "the clock went back in 1 of 3 samples");
  EXPECT_EQ(clock_problem(Samples{0, 0, 7}),
            "2 of 3 samples took 0 ns: the clock stands still, or is too coarse");
}

}  // namespace
}  // namespace rnnbench
