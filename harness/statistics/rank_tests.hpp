#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// Up to this many values in all (rank_sum_test), or differences other than 0 (signed_rank_test), p is exact.
inline constexpr std::size_t kLargestExact = 50;

/// A test on ranks. p is two-sided: twice the smaller tail of the permutation distribution of the ranks as
/// they are, ties and all; beyond kLargestExact its normal approximation, with the variance that the ties
/// leave and a continuity correction of one half.
struct RankTest {
  std::int64_t n = 0;    ///< values of both samples; differences other than 0
  double statistic = 0;  ///< see the tests
  double p = 1;
  bool is_exact = true;
  double smallest_p = 0;  ///< what the most extreme order would give: above 0.05 the sample is too small
};

/// Mann–Whitney (Mann and Whitney 1947; Hollander, Wolfe and Chicken 2014, "Nonparametric Statistical
/// Methods", section 4.1) of two independent samples. The statistic is the number of pairs of a value from
/// each in which the second's is larger, ties counting half. Refused where a sample is empty, or all values
/// of both are alike.
Finding<RankTest> rank_sum_test(std::span<const double> first, std::span<const double> second);

/// Wilcoxon's signed ranks (Wilcoxon 1945; Hollander, Wolfe and Chicken 2014, section 3.1) of values in
/// pairs: the sum of the ranks of the pairs in which the second is larger. Differences of 0 are ranked with
/// the others and then left out (Pratt 1959); differences that differ by no more than rounding are ties.
/// Refused where no difference is left.
Finding<RankTest> signed_rank_test(std::span<const double> first, std::span<const double> second);

/// The ranks of signed_rank_test(), doubled: sums of those of positive and of negative differences, and each
/// of them.
struct SignedRanks {
  std::vector<std::int64_t> doubled;  ///< of differences other than 0
  std::int64_t positive = 0;
  std::int64_t negative = 0;
};
/// Of pairs that flaw_of_pairs() lets pass.
SignedRanks signed_ranks(std::span<const double> first, std::span<const double> second);

}  // namespace rnnbench
