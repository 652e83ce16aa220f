#include "harness/statistics/order_statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/statistics/distributions.hpp"

namespace rnnbench {
namespace {

/// The quantile of sorted values.
double interpolated(std::span<const double> sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

/// The largest rank from 0 to n with no more than `tail` below it: P(B < rank) ≤ tail, B the binomial number
/// of values below the quantile.
std::int64_t largest_rank(std::int64_t n, double probability, double tail) {
  const Binomial below(static_cast<double>(n), probability);
  std::int64_t kept = 0;
  std::int64_t too_large = n + 1;
  while (too_large - kept > 1) {
    const std::int64_t rank = kept + (too_large - kept) / 2;
    (cdf(below, static_cast<double>(rank - 1)) <= tail ? kept : too_large) = rank;
  }
  return kept;
}

std::int64_t values_needed(double probability, double tail) {
  const double outer = std::max(probability, 1 - probability);
  return static_cast<std::int64_t>(std::ceil(std::log(tail) / std::log(outer)));
}

}  // namespace

double quantile_of(std::vector<double> values, double probability) {
  std::sort(values.begin(), values.end());
  return interpolated(values, probability);
}

Finding<QuantileEstimate> quantile_interval(std::span<const double> values, double probability,
                                            double confidence) {
  if (const auto flaw = flaw_of(values, 1)) return *flaw;
  const auto n = static_cast<std::int64_t>(values.size());
  const double tail = (1 - confidence) / 2;
  const std::int64_t low = largest_rank(n, probability, tail);
  const std::int64_t high = n + 1 - largest_rank(n, 1 - probability, tail);
  if (low < 1 || high > n) {
    return Refusal{fmt::format("n = {}: the order statistics reach {:g} % only from {} values on", n,
                               100 * confidence, values_needed(probability, tail))};
  }
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  if (sorted.front() == sorted.back()) return all_alike(values, "values");
  const Binomial below(static_cast<double>(n), probability);
  const auto at_most = [&](std::int64_t count) { return cdf(below, static_cast<double>(count)); };
  const auto at = [&](std::int64_t rank) { return sorted[static_cast<std::size_t>(rank - 1)]; };
  return QuantileEstimate{n,    interpolated(sorted, probability),   {at(low), at(high)}, low,
                          high, at_most(high - 1) - at_most(low - 1)};
}

Finding<QuantileEstimate> median_interval(std::span<const double> values, double confidence) {
  return quantile_interval(values, 0.5, confidence);
}

}  // namespace rnnbench
