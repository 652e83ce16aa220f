#include "harness/statistics/proportion.hpp"

#include <algorithm>
#include <cmath>

#include "harness/statistics/distributions.hpp"

namespace rnnbench {

Interval wilson_interval(std::int64_t successes, std::int64_t n, double confidence) {
  if (n == 0) return {0, 1};
  const double z = quantile(Normal(0, 1), (1 + confidence) / 2);
  const auto of = static_cast<double>(n);
  const double share = static_cast<double>(successes) / of;
  const double scale = 1 + z * z / of;
  const double centre = (share + z * z / (2 * of)) / scale;
  const double half = z / scale * std::sqrt(share * (1 - share) / of + z * z / (4 * of * of));
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

}  // namespace rnnbench
