#include "harness/statistics/mean_intervals.hpp"

#include <cmath>

#include "harness/statistics/distributions.hpp"
#include "harness/statistics/moments.hpp"

namespace rnnbench {
namespace {

/// mean ± t · s · √(1/n + `more`).
Finding<MeanEstimate> estimate(std::span<const double> values, double confidence, double more) {
  if (const auto flaw = flaw_of(values, 2)) return *flaw;
  const SampleMoments moments = moments_of(values);
  const double deviation = moments.deviation();
  if (!std::isfinite(deviation)) return Refusal{"the values are too large to be squared: take another unit"};
  if (are_alike(deviation, largest_magnitude(values))) return all_alike(values, "values");
  const auto n = static_cast<double>(moments.n);
  const Student student(n - 1);
  const double t = quantile(complement(student, (1 - confidence) / 2));
  const double half = t * deviation * std::sqrt(1 / n + more);
  return MeanEstimate{moments.n, moments.mean, deviation, {moments.mean - half, moments.mean + half}};
}

}  // namespace

Finding<MeanEstimate> t_interval(std::span<const double> values, double confidence) {
  return estimate(values, confidence, 0);
}

Finding<MeanEstimate> prediction_interval(std::span<const double> values, double confidence) {
  return estimate(values, confidence, 1);
}

}  // namespace rnnbench
