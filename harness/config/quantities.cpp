#include "harness/config/quantities.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// A unit and how much it is, in the order in which they may stand.
using Units = std::vector<std::pair<std::string_view, double>>;

/// The sum of numbers with units, each unit once at most; not finite where the text is something else.
double sum_of(std::string_view text, const Units& units) {
  double sum = text.empty() ? NAN : 0;
  for (auto unit = units.begin(); !text.empty();) {
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || text.front() == '-') return NAN;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (unit != units.end() && !text.starts_with(unit->first)) ++unit;
    if (unit == units.end()) return NAN;
    sum += number * unit->second;
    text.remove_prefix(unit->first.size());
    ++unit;
  }
  return sum;
}

double parse(const std::string& text, const std::string& place, const Units& units, const char* what,
             const char* example) {
  const double value = sum_of(text, units);
  if (std::isfinite(value) && value > 0) return value;
  throw ConfigError(fmt::format("{}: '{}' is no {}; write it as {}", place, text, what, example));
}

}  // namespace

double parse_duration(const std::string& text, const std::string& place) {
  return parse(text, place, {{"h", 3600}, {"m", 60}, {"s", 1}}, "duration", "90s, 30m, 2h or 1h30m");
}

double parse_bytes(const std::string& text, const std::string& place) {
  return parse(text, place, {{"GB", 1e9}, {"MB", 1e6}}, "size", "800MB or 4GB");
}

}  // namespace rnnbench
