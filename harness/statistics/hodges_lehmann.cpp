#include "harness/statistics/hodges_lehmann.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "harness/statistics/distributions.hpp"
#include "harness/statistics/moments.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "harness/statistics/ranks.hpp"

namespace rnnbench {
namespace {

/// Numbers the doubles in their order; its own inverse on the bits.
std::int64_t ordinal(std::int64_t bits) {
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}
std::int64_t ordinal_of(double value) { return ordinal(std::bit_cast<std::int64_t>(value)); }
double value_at(std::int64_t place) { return std::bit_cast<double>(ordinal(place)); }

/// Means of two of `sorted` that are no more than `limit`.
std::int64_t means_up_to(std::span<const double> sorted, double limit) {
  std::int64_t count = 0;
  auto end = static_cast<std::ptrdiff_t>(sorted.size());
  for (std::ptrdiff_t i = 0; i < end; ++i) {
    const auto mean_with = [&](std::ptrdiff_t j) {
      return std::midpoint(sorted[static_cast<std::size_t>(i)], sorted[static_cast<std::size_t>(j)]);
    };
    while (end > i && mean_with(end - 1) > limit) --end;
    count += end - i;
  }
  return count;
}

/// The largest k ≥ 0 with P(V < k) ≤ tail, V the sum of positive ranks of n pairs.
std::int64_t rank_of_bound(std::int64_t n, double tail) {
  if (static_cast<std::size_t>(n) > kLargestExact) {
    const auto pairs = static_cast<double>(n);
    const double z = quantile(complement(Normal(), tail));
    const double deviation = std::sqrt(pairs * (pairs + 1) * (2 * pairs + 1) / 24);
    return static_cast<std::int64_t>(std::floor(pairs * (pairs + 1) / 4 - z * deviation));
  }
  std::vector<std::int64_t> ranks(static_cast<std::size_t>(n));
  std::iota(ranks.begin(), ranks.end(), 1);
  const std::vector<double> counts = signed_sums(ranks);
  const double all = std::exp2(static_cast<double>(n));
  std::int64_t k = 0;
  for (double below = counts[0]; below <= tail * all; below += counts[static_cast<std::size_t>(k)]) ++k;
  return k;
}

}  // namespace

double walsh_average(std::span<const double> sorted, std::int64_t k) {
  std::int64_t low = ordinal_of(sorted.front()) - 1;  // too few lie up to here
  std::int64_t high = ordinal_of(sorted.back());      // enough do
  while (low + 1 < high) {
    const std::int64_t middle = std::midpoint(low, high);
    (means_up_to(sorted, value_at(middle)) >= k ? high : low) = middle;
  }
  return value_at(high);
}

Finding<ShiftEstimate> hodges_lehmann(std::span<const double> first, std::span<const double> second,
                                      double confidence) {
  if (const auto flaw = flaw_of_pairs(first, second, 1)) return *flaw;
  const auto n = static_cast<std::int64_t>(first.size());
  const double tail = (1 - confidence) / 2;
  const std::int64_t k = rank_of_bound(n, tail);
  if (k < 1) {
    return Refusal{fmt::format("n = {} pairs: signed ranks reach {:g} % only from {} on", n, 100 * confidence,
                               std::ceil(-std::log2(tail)))};
  }
  std::vector<double> differences = differences_of(first, second);
  if (are_alike(moments_of(differences).deviation(),
                std::max(largest_magnitude(first), largest_magnitude(second)))) {
    return all_alike(differences, "differences");
  }
  std::sort(differences.begin(), differences.end());
  const std::int64_t means = n * (n + 1) / 2;
  ShiftEstimate result;
  result.n = n;
  result.shift =
      std::midpoint(walsh_average(differences, (means + 1) / 2), walsh_average(differences, means / 2 + 1));
  result.interval = {walsh_average(differences, k), walsh_average(differences, means + 1 - k)};
  return result;
}

}  // namespace rnnbench
