#include "harness/statistics/sample_size.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace rnnbench {
namespace {

constexpr double kConfidence = 0.95;    // of each one-sided test
constexpr double kPowerOfASide = 0.90;  // for 0.80 of both

/// Squared sum of the quantiles of `distribution`.
template <typename Distribution>
double squared_quantiles(const Distribution& distribution) {
  const double sum = quantile(distribution, kConfidence) + quantile(distribution, kPowerOfASide);
  return sum * sum;
}

}  // namespace

std::int64_t pairs_for_equivalence(double deviation, double margin) {
  if (!std::isfinite(deviation) || !(margin > 0)) return 0;
  const double scatter = (deviation / margin) * (deviation / margin);
  // Student's quantiles are larger than the normal ones, so that no smaller n can do.
  auto n = std::max<std::int64_t>(
      2, static_cast<std::int64_t>(scatter * squared_quantiles(boost::math::normal())));
  const auto enough = [&](std::int64_t pairs) {
    const boost::math::students_t student(static_cast<double>(pairs - 1));
    return static_cast<double>(pairs) >= scatter * squared_quantiles(student);
  };
  while (!enough(n)) ++n;
  return n;
}

}  // namespace rnnbench
