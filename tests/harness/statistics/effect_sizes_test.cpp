// Catches: the wrong sign, a pooled deviation with n, the correction for small samples left out, ties counted
// for one side.
#include "harness/statistics/effect_sizes.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "harness/statistics/moments.hpp"
#include "tests/harness/statistics/published_pairs.hpp"
#include "tests/harness/statistics/simulation.hpp"
#include "tests/harness/statistics/sleep_data.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// The mean of Student's sleep data is 1.58 and the deviation 1.23, so that d_z is 1.28, t/√n of the paired
// test.
TEST(CohensDz, AgreesWithStudentsSleepData) {
  EXPECT_NEAR(*cohens_dz(kFirstDrug, kSecondDrug), 4.0621 / std::sqrt(10), 5e-5);
}

/// 50 values with this mean and deviation.
Values sample_with(double mean, double deviation) {
  RandomStream random(4, 0);
  Values values = normal_values(random, 50);
  const SampleMoments moments = moments_of(values);
  for (double& value : values) value = mean + deviation * (value - moments.mean) / moments.deviation();
  return values;
}

// Borenstein, Hedges, Higgins and Rothstein 2009, "Introduction to Meta-Analysis", chapter 4: means 103 and
// 100, deviations 5.5 and 4.5, 50 in each group: d = 0.5970, g = 0.5924.
TEST(HedgesG, AgreesWithBorensteinAndOthers) {
  EXPECT_NEAR(*hedges_g(sample_with(100, 4.5), sample_with(103, 5.5)), 0.5924, 5e-5);
}

// V = 40 of 45 for the depression scale (rank_tests_test.cpp), so 5 of 45 against it.
TEST(RankBiserial, AgreesWithHollanderAndWolfesDepressionScale) {
  EXPECT_NEAR(*rank_biserial(kSecondVisit, kFirstVisit), 35.0 / 45, 1e-12);
}

// The example of cliff.delta in the R package effsize: −0.25 of the treated less the others.
TEST(CliffsDelta, AgreesWithEffsize) {
  const Values treated = {10, 10, 20, 20, 20, 30, 30, 30, 40, 50};
  const Values others = {10, 20, 30, 40, 40, 50};
  EXPECT_NEAR(*cliffs_delta(others, treated), -0.25, 1e-12);
  EXPECT_EQ(*cliffs_delta(Values{1, 2}, Values{3, 4}), 1);
}

TEST(EffectSizes, AreRefusedWithTheirTests) {
  const Values alike = {1, 1, 1};
  for (const auto effect : {cohens_dz, hedges_g, rank_biserial, cliffs_delta}) {
    EXPECT_NE(effect(alike, alike).why_not().find("nothing is known of their spread"), std::string::npos);
    EXPECT_FALSE(effect(alike, Values{1, 2, std::nan("")}));
    EXPECT_FALSE(effect(Values{}, Values{}));
  }
}

}  // namespace
}  // namespace rnnbench
