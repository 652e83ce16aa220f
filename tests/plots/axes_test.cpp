#include "plots/axes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace rnnbench {
namespace {

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> texts;
  for (const Tick& tick : axis.ticks) texts.push_back(tick.label);
  return texts;
}

TEST(Axes, RangeIgnoresWhatIsNotFinite) {
  Range range;
  EXPECT_TRUE(range.empty());
  range.add(std::nan(""));
  range.add(std::numeric_limits<double>::infinity());
  EXPECT_TRUE(range.empty());
  range.add(2);
  EXPECT_EQ(range.low, 2);
  EXPECT_EQ(range.high, 2);
}

TEST(Axes, OneValueStillHasAnAxis) {
  Range range;
  range.add(3);
  const Axis linear = linear_axis("x", range, 5);
  EXPECT_LT(linear.low, 3);
  EXPECT_GT(linear.high, 3);
  const Axis log = log_axis("x", range);
  EXPECT_LT(log.low, 3);
  EXPECT_GT(log.high, 3);
  EXPECT_GE(log.ticks.size(), 2U);
}

TEST(Axes, LogTicksAreRoundAtEveryScale) {
  Range decade;
  decade.add(0.8);
  decade.add(12);
  EXPECT_THAT(labels(log_axis("s", decade)), testing::ElementsAre("1", "2", "5", "10"));
  Range wide;
  wide.add(1e-3);
  wide.add(1e3);
  EXPECT_THAT(labels(log_axis("s", wide)),
              testing::ElementsAre("0.001", "0.01", "0.1", "1", "10", "100", "1000"));
}

TEST(Axes, PercentNeverLeavesItsScale) {
  Range range;
  range.add(-40);
  range.add(99.9);
  const Axis axis = percent_axis("accuracy", range, 8);
  EXPECT_EQ(axis.low, 0);
  EXPECT_EQ(axis.high, 100);
  EXPECT_EQ(axis.label, "accuracy (%), 0 to 100 shown");
  EXPECT_THAT(labels(axis), testing::ElementsAre("0", "20", "40", "60", "80", "100"));
}

TEST(Axes, EpochsAreWholeAndFew) {
  EXPECT_THAT(labels(epoch_axis("epoch", 1)), testing::ElementsAre("1"));
  EXPECT_THAT(labels(epoch_axis("epoch", 4)), testing::ElementsAre("1", "2", "3", "4"));
  EXPECT_LE(epoch_axis("epoch", 500).ticks.size(), 8U);
}

}  // namespace
}  // namespace rnnbench
