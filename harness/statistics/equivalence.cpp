#include "harness/statistics/equivalence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "harness/core/parity_seeds.hpp"

namespace rnnbench {
namespace {

constexpr double kLevel = 0.05;      // of each one-sided test
constexpr double kRounding = 1e-12;  // relative to the values; a smaller deviation is none

struct Moments {
  double n = 0;
  double mean = 0;
  double variance_of_mean = 0;
};

/// `scale`: the largest of the values that these come from.
Moments moments_of(const std::vector<double>& values, double scale) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double variance = squares / (n - 1);
  return {n, mean, std::sqrt(variance) <= kRounding * scale ? 0 : variance / n};
}

double largest(std::span<const double> values) {
  double most = 0;
  for (const double value : values) {
    if (std::isfinite(value)) most = std::max(most, std::abs(value));
  }
  return most;
}

std::vector<double> finite_values(std::span<const double> values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double v) { return std::isfinite(v); });
  return kept;
}

Equivalence two_one_sided(int n, double difference, double variance, double degrees, double margin) {
  Equivalence result{.n = n,
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
  const boost::math::students_t student(degrees);
  const double half = boost::math::quantile(boost::math::complement(student, kLevel)) * error;
  result.low = difference - half;
  result.high = difference + half;
  const double below = boost::math::cdf(boost::math::complement(student, (difference + margin) / error));
  const double above = boost::math::cdf(student, (difference - margin) / error);
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
  std::vector<double> differences;
  for (std::size_t i = 0; i < first.size(); ++i) differences.push_back(second[i] - first[i]);
  differences = finite_values(differences);
  if (differences.size() < 2) return std::nullopt;
  const Moments moments = moments_of(differences, std::max(largest(first), largest(second)));
  return two_one_sided(static_cast<int>(moments.n), moments.mean, moments.variance_of_mean, moments.n - 1,
                       margin);
}

std::optional<Equivalence> welch_equivalence(std::span<const double> first, std::span<const double> second,
                                             double margin) {
  const std::vector<double> a = finite_values(first);
  const std::vector<double> b = finite_values(second);
  if (a.size() < 2 || b.size() < 2) return std::nullopt;
  const Moments of_a = moments_of(a, largest(a));
  const Moments of_b = moments_of(b, largest(b));
  const double variance = of_a.variance_of_mean + of_b.variance_of_mean;
  const double degrees = variance == 0 ? of_a.n + of_b.n - 2
                                       : variance * variance /
                                             (of_a.variance_of_mean * of_a.variance_of_mean / (of_a.n - 1) +
                                              of_b.variance_of_mean * of_b.variance_of_mean / (of_b.n - 1));
  return two_one_sided(static_cast<int>(of_a.n + of_b.n), of_b.mean - of_a.mean, variance, degrees, margin);
}

}  // namespace rnnbench
