#include "harness/statistics/mean_intervals.hpp"

#include <cmath>
#include <limits>

#include "harness/statistics/distributions.hpp"

namespace rnnbench {
namespace {

/// t · s · √(1/n + `more`).
double half_width(const SampleMoments& moments, double confidence, double more) {
  const auto n = static_cast<double>(moments.n);
  const double t = quantile(complement(Student(n - 1), (1 - confidence) / 2));
  return t * moments.deviation() * std::sqrt(1 / n + more);
}

/// mean ± t · s · √(1/n + `more`).
Finding<MeanEstimate> estimate(std::span<const double> values, double confidence, double more) {
  if (const auto flaw = flaw_of(values, 2)) return *flaw;
  const SampleMoments moments = moments_of(values);
  const double deviation = moments.deviation();
  if (!std::isfinite(deviation)) return Refusal{"the values are too large to be squared: take another unit"};
  if (are_alike(deviation, largest_magnitude(values))) return all_alike(values, "values");
  const double half = half_width(moments, confidence, more);
  return MeanEstimate{moments.n, moments.mean, deviation, {moments.mean - half, moments.mean + half}};
}

}  // namespace

Finding<MeanEstimate> t_interval(std::span<const double> values, double confidence) {
  return estimate(values, confidence, 0);
}

Finding<MeanEstimate> prediction_interval(std::span<const double> values, double confidence) {
  return estimate(values, confidence, 1);
}

double half_width_of_mean(const SampleMoments& moments, double confidence) {
  if (moments.n < 2) return std::numeric_limits<double>::quiet_NaN();
  return half_width(moments, confidence, 0);
}

}  // namespace rnnbench
