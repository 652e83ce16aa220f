#include "harness/statistics/sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace rnnbench {
namespace {

constexpr double kRounding = 1e-12;  // relative to the values

std::ptrdiff_t not_finite(std::span<const double> values) {
  return std::count_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); });
}

}  // namespace

std::optional<Refusal> flaw_of(std::span<const double> values, std::size_t at_least) {
  if (const auto bad = not_finite(values); bad > 0) {
    return Refusal{fmt::format("{} of {} values are NaN or infinite: look at those runs, and leave them out",
                               bad, values.size())};
  }
  if (values.size() < at_least) {
    return Refusal{fmt::format("n = {}: at least {} values are needed", values.size(), at_least)};
  }
  return std::nullopt;
}

std::optional<Refusal> flaw_of_pairs(std::span<const double> first, std::span<const double> second,
                                     std::size_t at_least) {
  if (first.size() != second.size()) {
    return Refusal{fmt::format("{} values and {} make no pairs: pair them by seed, or compare them unpaired",
                               first.size(), second.size())};
  }
  if (const auto flaw = flaw_of(first, 0)) return flaw;
  if (const auto flaw = flaw_of(second, 0)) return flaw;
  if (not_finite(differences_of(first, second)) > 0) {
    return Refusal{"the values are too large to be subtracted: take another unit"};
  }
  if (first.size() < at_least) {
    return Refusal{fmt::format("n = {} pairs: at least {} are needed", first.size(), at_least)};
  }
  return std::nullopt;
}

Refusal all_alike(std::span<const double> values, const char* what) {
  return {fmt::format("all {} {} are alike ({:.6g}): nothing is known of their spread", values.size(), what,
                      values.empty() ? 0.0 : values.front())};
}

std::vector<double> differences_of(std::span<const double> first, std::span<const double> second) {
  std::vector<double> differences(first.size());
  std::transform(second.begin(), second.end(), first.begin(), differences.begin(), std::minus<>());
  return differences;
}

std::vector<double> finite_values(std::span<const double> values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double v) { return std::isfinite(v); });
  return kept;
}

double largest_magnitude(std::span<const double> values) {
  double most = 0;
  for (const double value : values) {
    if (std::isfinite(value)) most = std::max(most, std::abs(value));
  }
  return most;
}

bool are_alike(double deviation, double scale) { return deviation <= kRounding * scale; }

}  // namespace rnnbench
