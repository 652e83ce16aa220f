#include "harness/core/median.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

TEST(Median, IsTheMiddle) {
  EXPECT_EQ(median_of(std::vector<double>{3, 1, 2}), 2);
  EXPECT_EQ(median_of(std::vector<double>{4, 1, 2, 3}), 2.5);
  EXPECT_TRUE(std::isnan(median_of(std::vector<double>{})));
}

}  // namespace
}  // namespace rnnbench
