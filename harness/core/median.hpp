#pragma once

#include <algorithm>
#include <limits>
#include <numeric>
#include <type_traits>
#include <vector>

namespace rnnbench {

/// The middle value, or the mean of the two in the middle; NaN of none.
template <typename Range>
double median_of(const Range& values) {
  using Value = std::remove_cvref_t<decltype(*std::begin(values))>;
  std::vector<Value> sorted(std::begin(values), std::end(values));
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const auto upper = static_cast<double>(*middle);
  if (sorted.size() % 2 == 1) return upper;
  return std::midpoint(static_cast<double>(*std::max_element(sorted.begin(), middle)), upper);
}

}  // namespace rnnbench
