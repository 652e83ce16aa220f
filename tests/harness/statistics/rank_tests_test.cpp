// Catches: a one-sided p, one-sided p doubled where it is more than half, ties ignored or broken by their
// order, zeros counted as positive, a normal approximation where there are few values, one without the ties'
// variance or the continuity correction, rounding that breaks ties.
#include "harness/statistics/rank_tests.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/harness/statistics/published_pairs.hpp"
#include "tests/harness/statistics/simulation.hpp"

namespace rnnbench {
namespace {

using Values = std::vector<double>;

// Hollander and Wolfe 1973, page 69, in R's help on wilcox.test: permeability of the human chorioamnion at
// term and between 12 and 26 weeks, W = 35, one-sided p = 0.1272. W counts the pairs in which the values at
// term are larger.
TEST(RankSumTest, AgreesWithHollanderAndWolfesPermeability) {
  const Values at_term = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  const Values earlier = {1.15, 0.88, 0.90, 0.74, 1.21};
  const auto test = rank_sum_test(earlier, at_term);
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_EQ(test->n, 15);
  EXPECT_EQ(test->statistic, 35);
  EXPECT_TRUE(test->is_exact);
  EXPECT_NEAR(test->p, 2 * 0.1272, 1e-4);
  EXPECT_EQ(rank_sum_test(at_term, earlier)->statistic, 15);
  EXPECT_EQ(rank_sum_test(at_term, earlier)->p, test->p);
}

// The other example there, with ties: ozone in New York in May and August 1973, W = 127.5, p = 0.0001208.
TEST(RankSumTest, AgreesWithRsOzoneBeyondTheExactSizes) {
  const Values may = {41, 36, 12, 18, 28, 23, 19, 8, 7,  16, 11, 14,  18,
                      14, 34, 6,  30, 11, 1,  11, 4, 32, 23, 45, 115, 37};
  const Values august = {39, 9,  16, 78, 35, 66, 122, 89,  110, 44, 28,  65, 22,
                         59, 23, 31, 44, 21, 9,  45,  168, 73,  76, 118, 84, 85};
  const auto test = rank_sum_test(august, may);
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_FALSE(test->is_exact);
  EXPECT_EQ(test->statistic, 127.5);
  EXPECT_NEAR(test->p, 0.0001208, 5e-8);
}

// All 462 ways to choose five of these eleven, by SciPy's permutation_test.
TEST(RankSumTest, IsExactWithTies) {
  const auto test = rank_sum_test(Values{1, 2, 2, 3, 3, 3}, Values{2, 3, 4, 4, 5});
  EXPECT_EQ(test->statistic, 24.5);
  EXPECT_NEAR(test->p, 52.0 / 462, 1e-12);
}

TEST(RankSumTest, IsOneAtMostAndSaysHowSmallItCanBe) {
  EXPECT_EQ(rank_sum_test(Values{1, 4}, Values{2, 3})->p, 1);
  EXPECT_NEAR(rank_sum_test(Values{1, 2, 3}, Values{4, 5, 6})->p, 0.1, 1e-12);
  EXPECT_NEAR(rank_sum_test(Values{1, 5, 3}, Values{4, 2, 6})->smallest_p, 0.1, 1e-12);
}

// The depression scale of the same help: V = 40, one-sided p = 0.01953.
TEST(SignedRankTest, AgreesWithHollanderAndWolfesDepressionScale) {
  const auto test = signed_rank_test(kSecondVisit, kFirstVisit);
  ASSERT_TRUE(test) << test.why_not();
  EXPECT_EQ(test->n, 9);
  EXPECT_EQ(test->statistic, 40);
  EXPECT_NEAR(test->p, 2 * 0.01953, 1e-5);
  EXPECT_NEAR(test->smallest_p, 2 / 512.0, 1e-12);
}

// SciPy's wilcoxon with zero_method = "pratt" and all 64 signs: p = 0.125.
TEST(SignedRankTest, RanksZerosAndLeavesThemOut) {
  const Values none(8, 0.0);
  const auto test = signed_rank_test(none, Values{0, 1, 1, -1, 2, 2, 3, 0});
  EXPECT_EQ(test->n, 6);
  EXPECT_EQ(test->statistic, 29);
  EXPECT_NEAR(test->p, 0.125, 1e-12);
}

// Ties and zeros in 70 pairs: SciPy's wilcoxon with zero_method = "pratt" and the continuity correction.
TEST(SignedRankTest, AgreesWithScipyBeyondTheExactSizes) {
  const Values none(70, 0.0);
  Values differences;
  for (int i = 0; i < 70; ++i) differences.push_back(i % 7 - 2);
  const auto test = signed_rank_test(none, differences);
  EXPECT_FALSE(test->is_exact);
  EXPECT_EQ(test->n, 60);
  EXPECT_EQ(test->statistic, 1820.0);
  EXPECT_NEAR(test->p, 0.0003618294060174469, 1e-9);
}

TEST(SignedRankTest, TakesDifferencesThatDifferByRoundingForTies) {
  const Values first = {0.1, 0.2, 0.3, 0.4, 0.5};
  const auto test = signed_rank_test(first, Values{0.2, 0.3, 0.4, 0.5, 0.4});
  EXPECT_EQ(test->statistic, 12);
  EXPECT_NEAR(test->p, 12.0 / 32, 1e-12);
}

TEST(RankTests, SayWhyThereIsNone) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(rank_sum_test(Values{}, Values{1}).why_not(), "n = 0: at least 1 values are needed");
  EXPECT_EQ(rank_sum_test(Values{2, 2}, Values{2}).why_not(),
            "all 3 values are alike (2): nothing is known of their spread");
  EXPECT_EQ(rank_sum_test(Values{2, 2}, Values{infinity}).why_not(),
            "1 of 1 values are NaN or infinite: look at those runs, and leave them out");
  EXPECT_EQ(signed_rank_test(Values{1, 2}, Values{1, 2}).why_not(),
            "all 2 differences are alike (0): nothing is known of their spread");
  EXPECT_EQ(signed_rank_test(Values{1, 2}, Values{1}).why_not(),
            "2 values and 1 make no pairs: pair them by seed, or compare them unpaired");
}

// An exact test errs no more often than it says; one standard error of 10,000 repeats is 0.22 points. Beyond
// the exact sizes the approximation must be as near.
TEST(RankTests, ErrNoMoreOftenThanTheySay) {
  for (const std::size_t n : {7U, 20U, 60U}) {
    for (const bool is_tied : {false, true}) {
      const int repeats = n == 7 ? 10'000 : 2'000;
      const auto draw = [&](RandomStream& random, std::size_t count) {
        return is_tied ? tied_values(random, count, 4) : normal_values(random, count);
      };
      const double limit = 0.05 + 3 * std::sqrt(0.05 * 0.95 / repeats);
      EXPECT_LT(share_of(repeats,
                         [&](RandomStream& random) {
                           const Values first = draw(random, n);
                           const auto test = rank_sum_test(first, draw(random, n + 2));
                           return test && test->p <= 0.05;
                         }),
                limit)
          << n << (is_tied ? " tied" : "");
      EXPECT_LT(share_of(repeats,
                         [&](RandomStream& random) {
                           const Values first = draw(random, n);
                           const auto test = signed_rank_test(first, draw(random, n));
                           return test && test->p <= 0.05;
                         }),
                limit)
          << n << (is_tied ? " tied" : "");
    }
  }
}

}  // namespace
}  // namespace rnnbench
