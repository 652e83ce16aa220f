// Catches: a variance with n, digits lost to a large mean.
#include "harness/statistics/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/harness/statistics/sleep_data.hpp"

namespace rnnbench {
namespace {

// The certified values of NIST's Statistical Reference Datasets, univariate: NumAcc1, NumAcc3 and NumAcc4.
TEST(SampleMoments, AgreeWithNistsNumericalAccuracyData) {
  const SampleMoments first = moments_of(std::vector<double>{10000001, 10000003, 10000002});
  EXPECT_EQ(first.mean, 10000002);
  EXPECT_EQ(first.deviation(), 1);
  for (const double base : {1000000.0, 10000000.0}) {
    SampleMoments moments;
    moments.add(base + 0.2);
    for (int i = 0; i < 500; ++i) {
      moments.add(base + 0.1);
      moments.add(base + 0.3);
    }
    EXPECT_EQ(moments.n, 1001);
    EXPECT_NEAR(moments.mean, base + 0.2, 1e-8);
    EXPECT_NEAR(moments.deviation(), 0.1, 1e-8);
  }
}

// Student 1908 prints the means .75 and 2.33 of the two drugs; R prints var(extra) 3.200556 and 4.009.
TEST(SampleMoments, AgreeWithStudentsSleepData) {
  EXPECT_NEAR(moments_of(kFirstDrug).mean, 0.75, 1e-12);
  EXPECT_NEAR(moments_of(kSecondDrug).mean, 2.33, 1e-12);
  EXPECT_NEAR(moments_of(kFirstDrug).variance(), 3.200556, 1e-6);
  EXPECT_NEAR(moments_of(kSecondDrug).variance(), 4.009, 1e-6);
}

TEST(SampleMoments, HaveNoDeviationBelowTwoValues) {
  EXPECT_EQ(moments_of({}).n, 0);
  EXPECT_TRUE(std::isnan(moments_of({}).deviation()));
  EXPECT_TRUE(std::isnan(moments_of(std::vector<double>{3}).deviation()));
}

}  // namespace
}  // namespace rnnbench
