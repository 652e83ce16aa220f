#include "results/query/mean_interval.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace rnnbench {
namespace {

TEST(MeanInterval, IsStudents) {
  const std::vector<double> values = {1, 2, 3};
  const MeanInterval interval = mean_interval(values);
  EXPECT_EQ(interval.n, 3);
  EXPECT_DOUBLE_EQ(interval.mean, 2);
  EXPECT_NEAR(interval.bounds->high, 2 + 4.302652730 / std::sqrt(3), 1e-8);  // t(0.975, 2), from tables
}

TEST(MeanInterval, NeedsTwoValuesAndLeavesNanOut) {
  const std::vector<double> values = {1, std::nan("")};
  const MeanInterval one = mean_interval(values);
  EXPECT_EQ(one.n, 1);
  EXPECT_EQ(one.mean, 1);
  EXPECT_FALSE(one.bounds);
  EXPECT_TRUE(std::isnan(mean_interval({}).mean));
}

}  // namespace
}  // namespace rnnbench
