#include "harness/statistics/ranks.hpp"

#include <algorithm>
#include <numeric>

namespace rnnbench {

std::vector<std::int64_t> doubled_ranks(std::span<const double> values, double tolerance) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<std::int64_t> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    end = begin + 1;
    while (end < order.size() && values[order[end]] - values[order[end - 1]] <= tolerance) ++end;
    // The mean of the ranks begin + 1 to end, doubled.
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<std::int64_t>(begin + 1 + end);
  }
  return ranks;
}

std::vector<double> subset_sums(std::span<const std::int64_t> scores, std::int64_t chosen) {
  std::vector<std::int64_t> largest(scores.begin(), scores.end());
  std::sort(largest.rbegin(), largest.rend());
  const auto sums = static_cast<std::size_t>(std::accumulate(
      largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(chosen), std::int64_t{1}));
  // ways[k][s]: subsets of k scores with sum s among those seen so far; largest_sum[k]: of such subsets.
  const auto n = static_cast<std::int64_t>(scores.size());
  std::vector<std::vector<double>> ways(static_cast<std::size_t>(chosen) + 1, std::vector<double>(sums));
  std::vector<std::int64_t> largest_sum(ways.size(), 0);
  ways[0][0] = 1;
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int64_t score = scores[static_cast<std::size_t>(i)];
    // More than i + 1 scores can't have been chosen yet, and too few can't be made up for by those left.
    for (std::int64_t size = std::min(i + 1, chosen); size >= std::max<std::int64_t>(1, chosen - (n - 1 - i));
         --size) {
      const auto k = static_cast<std::size_t>(size);
      const std::int64_t reached = largest_sum[k - 1] + score;
      largest_sum[k] = std::max(largest_sum[k], reached);
      const double* before = ways[k - 1].data();
      double* after = ways[k].data() + score;
      for (std::int64_t sum = 0; sum <= reached - score; ++sum) after[sum] += before[sum];
    }
  }
  return ways.back();
}

std::vector<double> signed_sums(std::span<const std::int64_t> scores) {
  std::vector<double> ways(
      static_cast<std::size_t>(std::accumulate(scores.begin(), scores.end(), std::int64_t{1})));
  ways[0] = 1;
  for (const std::int64_t score : scores) {
    const auto shift = static_cast<std::size_t>(score);
    for (std::size_t sum = ways.size() - 1; sum >= shift; --sum) ways[sum] += ways[sum - shift];
  }
  return ways;
}

Tails tails_at(std::span<const double> counts, std::int64_t sum) {
  const auto at = counts.begin() + static_cast<std::ptrdiff_t>(sum);
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  return {std::accumulate(counts.begin(), at + 1, 0.0) / all, std::accumulate(at, counts.end(), 0.0) / all};
}

double two_sided(Tails tails) { return std::min(1.0, 2 * std::min(tails.at_most, tails.at_least)); }

double smallest_two_sided(std::span<const double> counts) {
  const auto is_reached = [](double count) { return count > 0; };
  const double lowest = *std::find_if(counts.begin(), counts.end(), is_reached);
  const double highest = *std::find_if(counts.rbegin(), counts.rend(), is_reached);
  return std::min(1.0, 2 * std::min(lowest, highest) / std::accumulate(counts.begin(), counts.end(), 0.0));
}

}  // namespace rnnbench
