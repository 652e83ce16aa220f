#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rnnbench {

/// Twice the midrank of each value, so that ranks shared by ties stay whole numbers: the smallest of n
/// different values has 2, the largest 2n. Values that differ by no more than `tolerance` from their
/// neighbour in order are ties.
std::vector<std::int64_t> doubled_ranks(std::span<const double> values, double tolerance = 0);

/// How many ways there are to come to each sum: element s counts those of sum s. The scores are ≥ 0; counts
/// are exact below 2^53.
///
/// Subsets of `chosen` scores, by the recurrence of Mann and Whitney 1947 in the form that takes ties
/// (Streitberg and Röhmel 1986, "Exact distributions for permutation and rank tests: the shift algorithm").
std::vector<double> subset_sums(std::span<const std::int64_t> scores, std::int64_t chosen);
/// Subsets of any size: the sums of the scores that get a plus where every sign is as likely as the other.
std::vector<double> signed_sums(std::span<const std::int64_t> scores);

/// The tails of a distribution of counts at `sum`, as shares of all.
struct Tails {
  double at_most = 0;
  double at_least = 0;
};
Tails tails_at(std::span<const double> counts, std::int64_t sum);

/// Twice the smaller tail, no more than 1.
double two_sided(Tails tails);

/// The smallest two_sided() that the distribution can give.
double smallest_two_sided(std::span<const double> counts);

}  // namespace rnnbench
