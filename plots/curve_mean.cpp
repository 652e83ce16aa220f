#include "plots/curve_mean.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "results/query/mean_interval.hpp"

namespace rnnbench {

std::vector<EpochValue> mean_curve(const std::vector<const Curve*>& curves) {
  struct Sum {
    double value = 0;
    std::size_t count = 0;
  };
  std::map<int, Sum> sums;
  for (const Curve* curve : curves) {
    for (const EpochValue& at : curve->points) {
      Sum& sum = sums[at.epoch];
      if (!std::isfinite(at.value)) continue;
      sum.value += at.value;
      ++sum.count;
    }
  }
  std::vector<EpochValue> means;
  for (const auto& [epoch, sum] : sums) {
    const bool whole = sum.count == curves.size();
    means.push_back({epoch, whole ? sum.value / static_cast<double>(sum.count)
                                  : std::numeric_limits<double>::quiet_NaN()});
  }
  return means;
}

namespace {

/// The curves' values at `epoch`, where all of them have one.
std::vector<double> values_at(const std::vector<const Curve*>& curves, int epoch, double scale) {
  std::vector<double> values;
  for (const Curve* curve : curves) {
    for (const EpochValue& own : curve->points) {
      if (own.epoch == epoch && std::isfinite(own.value)) values.push_back(scale * own.value);
    }
  }
  if (values.size() != curves.size()) values.clear();
  return values;
}

}  // namespace

Series band_of(const std::vector<const Curve*>& curves, const std::string& name, double scale,
               const std::string& colour) {
  constexpr std::size_t kLeast = 3;
  Series band{name, Mark::kBand, colour, {}, {}};
  if (curves.size() < kLeast) return band;
  for (const EpochValue& at : mean_curve(curves)) {
    const std::vector<double> values = values_at(curves, at.epoch, scale);
    const MeanInterval interval = mean_interval(values);
    if (!interval.bounds) continue;
    band.points.push_back(
        {static_cast<double>(at.epoch), interval.mean, interval.bounds->low, interval.bounds->high});
  }
  return band;
}

Series range_of(const std::vector<const Curve*>& curves, const std::string& name, double scale,
                const std::string& colour) {
  Series band{name, Mark::kBand, colour, {}, {}};
  for (const EpochValue& at : mean_curve(curves)) {
    const std::vector<double> values = values_at(curves, at.epoch, scale);
    if (values.empty()) continue;
    const auto [low, high] = std::ranges::minmax(values);
    band.points.push_back({static_cast<double>(at.epoch), scale * at.value, low, high});
  }
  return band;
}

}  // namespace rnnbench
