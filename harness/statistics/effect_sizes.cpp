#include "harness/statistics/effect_sizes.hpp"

#include <cmath>

#include "harness/statistics/moments.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "harness/statistics/t_tests.hpp"

namespace rnnbench {

Finding<double> cohens_dz(std::span<const double> first, std::span<const double> second) {
  const auto test = paired_t_test(first, second);
  if (!test) return Refusal{test.why_not()};
  return test->t / std::sqrt(static_cast<double>(test->n));
}

Finding<double> hedges_g(std::span<const double> first, std::span<const double> second) {
  const auto test = welch_t_test(first, second);
  if (!test) return Refusal{test.why_not()};
  const auto m = static_cast<double>(test->n - 2);
  const double pooled = std::sqrt((moments_of(first).squares + moments_of(second).squares) / m);
  const double unbiased = std::exp(std::lgamma(m / 2) - std::lgamma((m - 1) / 2)) / std::sqrt(m / 2);
  return unbiased * test->difference / pooled;
}

Finding<double> rank_biserial(std::span<const double> first, std::span<const double> second) {
  const auto test = signed_rank_test(first, second);
  if (!test) return Refusal{test.why_not()};
  const SignedRanks ranks = signed_ranks(first, second);
  return static_cast<double>(ranks.positive - ranks.negative) /
         static_cast<double>(ranks.positive + ranks.negative);
}

Finding<double> cliffs_delta(std::span<const double> first, std::span<const double> second) {
  const auto test = rank_sum_test(first, second);
  if (!test) return Refusal{test.why_not()};
  const double pairs = static_cast<double>(first.size()) * static_cast<double>(second.size());
  return 2 * test->statistic / pairs - 1;
}

}  // namespace rnnbench
