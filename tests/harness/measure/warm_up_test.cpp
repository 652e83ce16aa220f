#include "harness/measure/warm_up.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rnnbench {
namespace {

using Samples = std::vector<std::int64_t>;

TEST(WarmUp, EndsWhereTwoWindowsAgree) {
  Samples falling = {900, 800, 700, 600, 500, 400, 300, 200};
  falling.resize(40, 100);
  // Windows of 5 and 5 first agree from the step on whose window has three at 100.
  EXPECT_EQ(warm_up_steps(falling), 6U);
  EXPECT_TRUE(is_warm(falling));
  EXPECT_FALSE(is_warm(std::span(falling).first(12)));
}

TEST(WarmUp, TheFirstThreeNeverCount) {
  EXPECT_EQ(warm_up_steps(Samples(40, 100)), 3U);
  EXPECT_EQ(warm_up_steps(Samples(5, 100)), 3U) << "too few to tell";
  EXPECT_EQ(warm_up_steps(Samples(2, 100)), 2U);
  EXPECT_EQ(warm_up_steps({}), 0U);
}

TEST(WarmUp, EndsInAnyCaseAfterTheMostSteps) {
  Samples drifting;
  for (std::int64_t step = 0; step < 300; ++step) drifting.push_back(1'000'000 / (step + 1));
  WarmUpRule rule;
  rule.tolerance = 0;
  EXPECT_EQ(warm_up_steps(drifting, rule), rule.most);
  EXPECT_TRUE(is_warm(drifting, rule));
  EXPECT_EQ(warm_up_steps(std::span(drifting).first(30), rule), 20U) << "two windows are left to be timed";
}

TEST(WarmUp, ToleratesNoiseWithinTheTolerance) {
  Samples noisy;
  for (int step = 0; step < 40; ++step) noisy.push_back(step % 2 == 0 ? 100 : 104);
  EXPECT_EQ(warm_up_steps(noisy), 3U);
}

}  // namespace
}  // namespace rnnbench
