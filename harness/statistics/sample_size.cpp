#include "harness/statistics/sample_size.hpp"

#include <algorithm>
#include <cmath>

#include "harness/statistics/distributions.hpp"

namespace rnnbench {
namespace {

constexpr double kConfidence = 0.95;    // of each one-sided test of equivalence
constexpr double kPowerOfASide = 0.90;  // for 0.80 of both
constexpr double kUpper = 0.975;        // of a two-sided test or interval
constexpr double kPower = 0.80;

/// Squared sum of the quantiles of `distribution`.
template <typename Distribution>
double squared_quantiles(const Distribution& distribution, double first, double second) {
  const double sum = quantile(distribution, first) + quantile(distribution, second);
  return sum * sum;
}

double student_quantile(std::int64_t n, double p) { return quantile(Student(static_cast<double>(n - 1)), p); }

/// The smallest n ≥ 2 that is `enough`, from what normal quantiles give: Student's are larger, so that no
/// smaller n can do.
template <typename Enough>
std::int64_t smallest_from(double normal_n, const Enough& enough) {
  auto n = std::max<std::int64_t>(2, static_cast<std::int64_t>(normal_n));
  while (!enough(n)) ++n;
  return n;
}

constexpr double kMost = 1e9;           // runs: more is no plan
constexpr double kLargestEffect = 100;  // found with certainty by two pairs

}  // namespace

std::int64_t pairs_for_equivalence(double deviation, double margin) {
  if (!std::isfinite(deviation) || !(margin > 0)) return 0;
  const double scatter = (deviation / margin) * (deviation / margin);
  return smallest_from(
      scatter * squared_quantiles(Normal(), kConfidence, kPowerOfASide), [&](std::int64_t pairs) {
        const Student student(static_cast<double>(pairs - 1));
        return static_cast<double>(pairs) >= scatter * squared_quantiles(student, kConfidence, kPowerOfASide);
      });
}

double power_of_pairs(std::int64_t pairs, double effect) {
  const double needed = student_quantile(pairs, kUpper);
  const double shift = std::min(std::abs(effect), kLargestEffect) * std::sqrt(static_cast<double>(pairs));
  const NoncentralStudent t(static_cast<double>(pairs - 1), shift);
  return cdf(complement(t, needed)) + cdf(t, -needed);
}

std::int64_t pairs_for_difference(double deviation, double difference) {
  const double scatter = std::pow(deviation / difference, 2);
  if (!(deviation > 0) || !(scatter > 0 && scatter < kMost)) return 0;
  const double normal_n = scatter * squared_quantiles(Normal(), kUpper, kPower);
  return smallest_from(
      normal_n, [&](std::int64_t pairs) { return power_of_pairs(pairs, difference / deviation) >= kPower; });
}

std::int64_t runs_for_precision(double deviation, double half_width) {
  const double scatter = std::pow(deviation / half_width, 2);
  if (!(deviation >= 0 && half_width > 0 && scatter < kMost)) return 0;
  const double normal_quantile = quantile(Normal(), kUpper);
  return smallest_from(scatter * normal_quantile * normal_quantile, [&](std::int64_t runs) {
    return std::pow(student_quantile(runs, kUpper), 2) * scatter <= static_cast<double>(runs);
  });
}

}  // namespace rnnbench
