#include "results/query/number_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace rnnbench {
namespace {

/// Beyond it, whole numbers are written with an exponent.
constexpr double kLargestInFull = 1e15;

bool is_whole(double value) { return std::abs(value) < kLargestInFull && std::trunc(value) == value; }

std::string non_finite(double value) {
  if (std::isnan(value)) return "NaN";
  return value > 0 ? "inf" : "-inf";
}

}  // namespace

std::string short_number(double value) {
  if (!std::isfinite(value)) return non_finite(value);
  return is_whole(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.6g}", value);
}

std::string exact_number(double value) {
  if (!std::isfinite(value)) return non_finite(value);
  if (is_whole(value)) return fmt::format("{:.0f}", value);
  const bool fits = std::abs(value) < kLargestInFull && std::abs(value) > 1e-37;
  const bool single = fits && static_cast<double>(static_cast<float>(value)) == value;
  return single ? fmt::format("{}", static_cast<float>(value)) : fmt::format("{}", value);
}

}  // namespace rnnbench
