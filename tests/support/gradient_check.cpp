#include "tests/support/gradient_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace rnnbench {
namespace {

double central_difference(double& weight, const std::function<double()>& loss, double step) {
  const double origin = weight;
  weight = origin + step;
  const double above = loss();
  weight = origin - step;
  const double below = loss();
  weight = origin;
  return (above - below) / (2 * step);
}

double numerical_derivative(double& weight, const std::function<double()>& loss) {
  constexpr double kStep = 1e-4;
  const double coarse = central_difference(weight, loss, kStep);
  const double fine = central_difference(weight, loss, kStep / 2);
  return fine + (fine - coarse) / 3;
}

}  // namespace

testing::AssertionResult gradient_matches(const std::string& name, std::span<double> weights,
                                          std::span<const double> gradient,
                                          const std::function<double()>& loss, double tolerance) {
  if (weights.size() != gradient.size()) {
    return testing::AssertionFailure()
           << fmt::format("{}: {} weights, a gradient of {}", name, weights.size(), gradient.size());
  }
  std::vector<double> numerical;
  for (double& weight : weights) numerical.push_back(numerical_derivative(weight, loss));
  double largest = 0;
  for (const double value : numerical) largest = std::max(largest, std::abs(value));
  std::size_t worst = 0;
  double worst_error = 0;
  for (std::size_t i = 0; i < numerical.size(); ++i) {
    const double error = std::abs(gradient[i] - numerical[i]);
    if (!(error <= worst_error)) {
      worst_error = error;
      worst = i;
    }
  }
  // Losses are of order 1, so that differences of them carry rounding of about 1e-13.
  constexpr double kRounding = 1e-11;
  if (worst_error <= tolerance * largest + kRounding) return testing::AssertionSuccess();
  return testing::AssertionFailure() << fmt::format(
             "{}: element {} of {} has gradient {:.12g}, finite differences say {:.12g} (largest {:.3g})",
             name, worst, weights.size(), gradient[worst], numerical[worst], largest);
}

}  // namespace rnnbench
