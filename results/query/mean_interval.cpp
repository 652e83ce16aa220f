#include "results/query/mean_interval.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace rnnbench {

std::vector<double> finite(std::span<const double> values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double value) { return std::isfinite(value); });
  return kept;
}

MeanInterval mean_interval(std::span<const double> values) {
  const std::vector<double> kept = finite(values);
  MeanInterval result;
  result.n = static_cast<int>(kept.size());
  if (kept.empty()) {
    result.mean = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  result.mean = std::accumulate(kept.begin(), kept.end(), 0.0) / result.n;
  if (result.n < 2) return result;

  double squares = 0;
  for (const double value : kept) squares += (value - result.mean) * (value - result.mean);
  const double deviation = std::sqrt(squares / (result.n - 1));
  const boost::math::students_t student(result.n - 1);
  const double half = boost::math::quantile(student, 0.975) * deviation / std::sqrt(result.n);
  result.bounds = {result.mean - half, result.mean + half};
  return result;
}

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace rnnbench
