#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace rnnbench {

/// The median of samples and the interval that holds the true one with 95 % confidence, whatever the
/// distribution: order statistics n/2 ∓ 1.96 √n / 2 (Conover 1999, section 3.2).
struct Median {
  double value, low, high;
};

inline Median median_of(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const double n = static_cast<double>(samples.size());
  const auto at = [&](double rank) {
    return samples[static_cast<std::size_t>(std::clamp(rank, 0.0, n - 1))];
  };
  const double half_width = 1.96 * std::sqrt(n) / 2;
  return {at(n / 2), at(std::floor(n / 2 - half_width)), at(std::ceil(n / 2 + half_width))};
}

}  // namespace rnnbench
