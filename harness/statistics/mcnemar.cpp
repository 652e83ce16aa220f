#include "harness/statistics/mcnemar.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/statistics/distributions.hpp"

namespace rnnbench {
namespace {

Interval clopper_pearson(std::int64_t successes, std::int64_t n, double confidence) {
  if (n == 0) return {0, 1};
  const double tail = (1 - confidence) / 2;
  const auto of = static_cast<double>(n);
  const auto hits = static_cast<double>(successes);
  return {Binomial::find_lower_bound_on_p(of, hits, tail), Binomial::find_upper_bound_on_p(of, hits, tail)};
}

}  // namespace

Interval McNemarTest::difference(std::int64_t reviews) const {
  const double scale = static_cast<double>(discordant()) / static_cast<double>(reviews);
  return {(2 * share.low - 1) * scale, (2 * share.high - 1) * scale};
}

Finding<McNemarTest> mcnemar_test(std::int64_t first_only, std::int64_t second_only, double confidence) {
  if (first_only < 0 || second_only < 0) {
    return Refusal{fmt::format("{} and {} can't be counts of reviews", first_only, second_only)};
  }
  McNemarTest test;
  test.first_only = first_only;
  test.second_only = second_only;
  test.share = clopper_pearson(second_only, test.discordant(), confidence);
  if (test.discordant() == 0) return test;
  const Binomial even(static_cast<double>(test.discordant()), 0.5);
  const auto fewer = static_cast<double>(std::min(first_only, second_only));
  const double twice = 2 * cdf(even, fewer);
  test.p = std::min(1.0, twice);
  test.mid_p = std::min(1.0, twice - pdf(even, fewer));
  return test;
}

Finding<McNemarTest> mcnemar_test(std::span<const bool> first_right, std::span<const bool> second_right,
                                  double confidence) {
  if (first_right.size() != second_right.size()) {
    return Refusal{fmt::format("predictions of {} reviews and of {}: they come from different test sets",
                               first_right.size(), second_right.size())};
  }
  std::int64_t first_only = 0;
  std::int64_t second_only = 0;
  for (std::size_t i = 0; i < first_right.size(); ++i) {
    first_only += first_right[i] && !second_right[i] ? 1 : 0;
    second_only += second_right[i] && !first_right[i] ? 1 : 0;
  }
  return mcnemar_test(first_only, second_only, confidence);
}

}  // namespace rnnbench
