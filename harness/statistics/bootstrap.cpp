#include "harness/statistics/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/core/philox.hpp"
#include "harness/statistics/distributions.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kFewest = 10;

double normal_quantile(double p) { return quantile(Normal(), p); }
double normal_cdf(double z) { return cdf(Normal(), z); }

/// [draws], sorted.
std::vector<double> resampled(std::span<const double> values, const Statistic& statistic,
                              const BootstrapOptions& options) {
  std::vector<double> results;
  results.reserve(static_cast<std::size_t>(options.draws));
  std::vector<double> resample(values.size());
  for (int draw = 0; draw < options.draws; ++draw) {
    RandomStream random(options.seed, static_cast<std::uint64_t>(draw));
    for (double& value : resample) value = values[random.below(static_cast<std::uint32_t>(values.size()))];
    results.push_back(statistic(resample));
  }
  std::sort(results.begin(), results.end());
  return results;
}

/// From the share of resampled results below `value`; those equal to it count half.
double bias_correction(const std::vector<double>& results, double value) {
  const auto [low, high] = std::equal_range(results.begin(), results.end(), value);
  const double below = 0.5 * static_cast<double>((low - results.begin()) + (high - results.begin()));
  return normal_quantile(below / static_cast<double>(results.size()));
}

/// Formula 14.15: skewness of the statistic with one value left out at a time.
double acceleration(std::span<const double> values, const Statistic& statistic) {
  std::vector<double> rest(values.begin() + 1, values.end());
  std::vector<double> without;
  for (std::size_t i = 0; i < values.size(); ++i) {
    without.push_back(statistic(rest));
    if (i < rest.size()) rest[i] = values[i];
  }
  const double mean =
      std::accumulate(without.begin(), without.end(), 0.0) / static_cast<double>(without.size());
  double squares = 0;
  double cubes = 0;
  for (const double value : without) {
    squares += std::pow(mean - value, 2);
    cubes += std::pow(mean - value, 3);
  }
  return squares == 0 ? 0 : cubes / (6 * std::pow(squares, 1.5));
}

/// The (draws + 1) · p-th of the sorted results.
double result_at(const std::vector<double>& results, double p) {
  const double place = std::floor((static_cast<double>(results.size()) + 1) * p);
  return results[static_cast<std::size_t>(std::clamp(place, 1.0, static_cast<double>(results.size()))) - 1];
}

}  // namespace

Finding<BootstrapEstimate> bootstrap_interval(std::span<const double> values, const Statistic& statistic,
                                              const BootstrapOptions& options) {
  if (const auto flaw = flaw_of(values, kFewest)) return *flaw;
  if (std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; })) {
    return all_alike(values, "values");
  }
  BootstrapEstimate result;
  result.n = static_cast<std::int64_t>(values.size());
  result.value = statistic(values);
  const std::vector<double> results = resampled(values, statistic, options);
  const auto is_finite = [](double v) { return std::isfinite(v); };
  if (!is_finite(result.value) || !std::all_of(results.begin(), results.end(), is_finite)) {
    return Refusal{"the statistic is not finite for every resample: no bootstrap interval"};
  }
  if (results.front() == results.back()) return all_alike(results, "resampled statistics");

  double low = (1 - options.confidence) / 2;
  double high = 1 - low;
  if (options.method == BootstrapMethod::kBca) {
    if (result.value < results.front() || result.value > results.back()) {
      return Refusal{"every resample lies on one side of the statistic: its bias can't be corrected"};
    }
    const double z0 = result.bias_correction = bias_correction(results, result.value);
    const double a = result.acceleration = acceleration(values, statistic);
    if (!std::isfinite(a)) return Refusal{"the statistic is too large to be cubed: take another unit"};
    const auto corrected = [&](double p) {
      const double z = z0 + normal_quantile(p);
      return normal_cdf(z0 + z / (1 - a * z));
    };
    low = corrected(low);
    high = corrected(high);
  }
  result.interval = {result_at(results, low), result_at(results, high)};
  return result;
}

}  // namespace rnnbench
