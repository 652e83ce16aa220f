#include "harness/statistics/equivalence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/core/parity_seeds.hpp"
#include "harness/statistics/distributions.hpp"
#include "harness/statistics/moments.hpp"
#include "harness/statistics/sample.hpp"
#include "harness/statistics/t_tests.hpp"

namespace rnnbench {
namespace {

constexpr double kLevel = 0.05;  // of each one-sided test

/// Of the mean; 0 where the values are alike. `scale`: the largest of the values that these come from.
double variance_of_mean(const SampleMoments& moments, double scale) {
  return are_alike(moments.deviation(), scale) ? 0 : moments.variance() / static_cast<double>(moments.n);
}

Equivalence two_one_sided(std::int64_t n, double difference, double variance, double degrees, double margin) {
  Equivalence result{.n = static_cast<int>(n),
                     .degrees_of_freedom = degrees,
                     .difference = difference,
                     .standard_error = std::sqrt(variance),
                     .low = difference,
                     .high = difference,
                     .margin = margin,
                     .p = 1};
  if (variance == 0) {
    result.p = std::abs(difference) < margin ? 0 : 1;
    return result;
  }
  const double error = result.standard_error;
  const Student student(degrees);
  const double half = quantile(complement(student, kLevel)) * error;
  result.low = difference - half;
  result.high = difference + half;
  const double below = cdf(complement(student, (difference + margin) / error));
  const double above = cdf(student, (difference - margin) / error);
  result.p = std::max(below, above);
  return result;
}

}  // namespace

std::string verdict_of(const Equivalence& test) {
  return test.shown() ? kEquivalent : test.refuted() ? kDifferent : kNotShown;
}

std::string p_text(double p, double spread) {
  if (spread == 0) return "every seed alike";
  return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", p);
}

std::optional<Equivalence> paired_equivalence(std::span<const double> first, std::span<const double> second,
                                              double margin) {
  if (first.size() != second.size()) return std::nullopt;
  const std::vector<double> differences = finite_values(differences_of(first, second));
  const SampleMoments moments = moments_of(differences);
  if (!std::isfinite(moments.deviation())) return std::nullopt;
  const double scale = std::max(largest_magnitude(first), largest_magnitude(second));
  return two_one_sided(moments.n, moments.mean, variance_of_mean(moments, scale),
                       static_cast<double>(moments.n - 1), margin);
}

std::optional<Equivalence> welch_equivalence(std::span<const double> first, std::span<const double> second,
                                             double margin) {
  const std::vector<double> a = finite_values(first);
  const std::vector<double> b = finite_values(second);
  const SampleMoments of_a = moments_of(a);
  const SampleMoments of_b = moments_of(b);
  if (!std::isfinite(of_a.deviation()) || !std::isfinite(of_b.deviation())) return std::nullopt;
  const WelchError error = welch_error(of_a.n, variance_of_mean(of_a, largest_magnitude(a)), of_b.n,
                                       variance_of_mean(of_b, largest_magnitude(b)));
  return two_one_sided(of_a.n + of_b.n, of_b.mean - of_a.mean, error.variance, error.degrees_of_freedom,
                       margin);
}

}  // namespace rnnbench
