#include "harness/measure/multiply_add_peak.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rnnbench {
namespace {

TEST(MultiplyAddPeak, WidthsEndWithTheBaselines) {
  const std::vector<int> widths = vector_widths();
  ASSERT_FALSE(widths.empty());
  EXPECT_EQ(widths.back(), 128);
  EXPECT_TRUE(std::is_sorted(widths.rbegin(), widths.rend()));
}

TEST(MultiplyAddPeak, SomethingIsComputedWithEachWidth) {
  for (const int bits : vector_widths()) {
    const MultiplyAddPeak peak = multiply_add_peak(bits, 2, 0.01);
    EXPECT_EQ(peak.bits, bits);
    EXPECT_EQ(peak.threads, 2);
    EXPECT_GT(peak.operations_per_second, 1e6);
  }
}

}  // namespace
}  // namespace rnnbench
