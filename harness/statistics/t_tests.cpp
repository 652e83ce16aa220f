#include "harness/statistics/t_tests.hpp"

#include <algorithm>
#include <cmath>

#include "harness/statistics/distributions.hpp"
#include "harness/statistics/moments.hpp"

namespace rnnbench {
namespace {

const char* const kTooLarge = "the values are too large to be squared: take another unit";

Finding<TTest> t_test(std::int64_t n, double difference, double variance, double degrees, double confidence) {
  const double error = std::sqrt(variance);
  const double t = difference / error;
  if (!std::isfinite(t)) return Refusal{kTooLarge};
  const Student student(degrees);
  const double half = quantile(complement(student, (1 - confidence) / 2)) * error;
  return TTest{.n = n,
               .difference = difference,
               .standard_error = error,
               .degrees_of_freedom = degrees,
               .t = t,
               .p = 2 * cdf(complement(student, std::abs(t))),
               .interval = {difference - half, difference + half}};
}

}  // namespace

Finding<TTest> paired_t_test(std::span<const double> first, std::span<const double> second,
                             double confidence) {
  if (const auto flaw = flaw_of_pairs(first, second, 2)) return *flaw;
  const std::vector<double> differences = differences_of(first, second);
  const SampleMoments moments = moments_of(differences);
  if (!std::isfinite(moments.deviation())) return Refusal{kTooLarge};
  if (are_alike(moments.deviation(), std::max(largest_magnitude(first), largest_magnitude(second)))) {
    return all_alike(differences, "differences");
  }
  const auto n = static_cast<double>(moments.n);
  return t_test(moments.n, moments.mean, moments.variance() / n, n - 1, confidence);
}

WelchError welch_error(std::int64_t first_n, double first_variance, std::int64_t second_n,
                       double second_variance) {
  const double variance = first_variance + second_variance;
  if (variance == 0) return {0, static_cast<double>(first_n + second_n - 2)};
  // As shares, so that no tiny variance is squared to 0.
  const double a = first_variance / variance;
  const double b = second_variance / variance;
  return {variance,
          1 / (a * a / static_cast<double>(first_n - 1) + b * b / static_cast<double>(second_n - 1))};
}

Finding<TTest> welch_t_test(std::span<const double> first, std::span<const double> second,
                            double confidence) {
  if (const auto flaw = flaw_of(first, 2)) return *flaw;
  if (const auto flaw = flaw_of(second, 2)) return *flaw;
  const SampleMoments a = moments_of(first);
  const SampleMoments b = moments_of(second);
  if (!std::isfinite(a.deviation()) || !std::isfinite(b.deviation())) return Refusal{kTooLarge};
  const bool is_first_alike = are_alike(a.deviation(), largest_magnitude(first));
  const bool is_second_alike = are_alike(b.deviation(), largest_magnitude(second));
  if (is_first_alike && is_second_alike) {
    return Refusal{"each sample is alike throughout: nothing is known of their spread"};
  }
  const WelchError error = welch_error(a.n, is_first_alike ? 0 : a.variance() / static_cast<double>(a.n), b.n,
                                       is_second_alike ? 0 : b.variance() / static_cast<double>(b.n));
  return t_test(a.n + b.n, b.mean - a.mean, error.variance, error.degrees_of_freedom, confidence);
}

}  // namespace rnnbench
