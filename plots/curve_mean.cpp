#include "plots/curve_mean.hpp"

#include <cmath>
#include <limits>
#include <map>

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

}  // namespace rnnbench
