#include "harness/statistics/rank_tests.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/statistics/distributions.hpp"
#include "harness/statistics/ranks.hpp"

namespace rnnbench {
namespace {

constexpr double kRoundingOfDifferences = 1e-12;  // relative to the values

/// Two-sided, with the continuity correction; in doubled ranks one half is 1.
double normal_p(double doubled_distance, double doubled_deviation) {
  const double z = std::max(0.0, std::abs(doubled_distance) - 1) / doubled_deviation;
  return std::min(1.0, 2 * cdf(complement(Normal(), z)));
}

/// All scores divided by what divides them all: fewer sums to count where there are no ties.
std::int64_t reduce(std::vector<std::int64_t>& scores) {
  std::int64_t divisor = 0;
  for (const std::int64_t score : scores) divisor = std::gcd(divisor, score);
  for (std::int64_t& score : scores) score /= divisor;
  return divisor;
}

}  // namespace

Finding<RankTest> rank_sum_test(std::span<const double> first, std::span<const double> second) {
  if (const auto flaw = flaw_of(first, 1)) return *flaw;
  if (const auto flaw = flaw_of(second, 1)) return *flaw;
  std::vector<double> values(first.begin(), first.end());
  values.insert(values.end(), second.begin(), second.end());
  if (std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; })) {
    return all_alike(values, "values");
  }
  std::vector<std::int64_t> ranks = doubled_ranks(values);
  const auto sum_of_second = std::accumulate(ranks.begin() + static_cast<std::ptrdiff_t>(first.size()),
                                             ranks.end(), std::int64_t{0});
  const auto m = static_cast<double>(second.size());
  const auto n = static_cast<double>(values.size());
  RankTest test;
  test.n = static_cast<std::int64_t>(values.size());
  test.statistic = static_cast<double>(sum_of_second) / 2 - m * (m + 1) / 2;
  test.is_exact = values.size() <= kLargestExact;
  if (test.is_exact) {
    const std::int64_t unit = reduce(ranks);
    const std::vector<double> counts = subset_sums(ranks, static_cast<std::int64_t>(second.size()));
    test.p = two_sided(tails_at(counts, sum_of_second / unit));
    test.smallest_p = smallest_two_sided(counts);
    return test;
  }
  // Of a sum of m drawn from n without replacement; the ties are in the ranks' own variance.
  double squares = 0;
  for (const std::int64_t rank : ranks) squares += std::pow(static_cast<double>(rank) - (n + 1), 2);
  const double variance = m * (n - m) / (n * (n - 1)) * squares;
  test.p = normal_p(static_cast<double>(sum_of_second) - m * (n + 1), std::sqrt(variance));
  return test;
}

SignedRanks signed_ranks(std::span<const double> first, std::span<const double> second) {
  const std::vector<double> differences = differences_of(first, second);
  const double tolerance =
      kRoundingOfDifferences * std::max(largest_magnitude(first), largest_magnitude(second));
  std::vector<double> sizes;
  for (const double difference : differences) sizes.push_back(std::abs(difference));
  const std::vector<std::int64_t> ranks = doubled_ranks(sizes, tolerance);
  SignedRanks result;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (sizes[i] <= tolerance) continue;
    result.doubled.push_back(ranks[i]);
    (differences[i] > 0 ? result.positive : result.negative) += ranks[i];
  }
  return result;
}

Finding<RankTest> signed_rank_test(std::span<const double> first, std::span<const double> second) {
  if (const auto flaw = flaw_of_pairs(first, second, 1)) return *flaw;
  SignedRanks ranks = signed_ranks(first, second);
  if (ranks.doubled.empty()) return all_alike(differences_of(first, second), "differences");
  RankTest test;
  test.n = static_cast<std::int64_t>(ranks.doubled.size());
  test.statistic = static_cast<double>(ranks.positive) / 2;
  test.is_exact = ranks.doubled.size() <= kLargestExact;
  if (test.is_exact) {
    const std::int64_t unit = reduce(ranks.doubled);
    const std::vector<double> counts = signed_sums(ranks.doubled);
    test.p = two_sided(tails_at(counts, ranks.positive / unit));
    test.smallest_p = smallest_two_sided(counts);
    return test;
  }
  double squares = 0;
  for (const std::int64_t rank : ranks.doubled) squares += std::pow(static_cast<double>(rank), 2);
  const double half = static_cast<double>(ranks.positive + ranks.negative) / 2;
  test.p = normal_p(static_cast<double>(ranks.positive) - half, std::sqrt(squares / 4));
  return test;
}

}  // namespace rnnbench
