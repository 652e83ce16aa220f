#include "plots/axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "results/query/trial_labels.hpp"

namespace rnnbench {
namespace {

/// The round number (1, 2 or 5 times a power of ten) that is nearest above `step`.
double round_step(double step) {
  const double power = std::pow(10, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (step <= factor * power * (1 + 1e-9)) return factor * power;
  }
  return 10 * power;
}

std::vector<Tick> log_ticks(double low, double high, std::span<const double> factors) {
  std::vector<Tick> ticks;
  const int last = static_cast<int>(std::ceil(std::log10(high)));
  for (int power = static_cast<int>(std::floor(std::log10(low))); power <= last; ++power) {
    for (const double factor : factors) {
      const double at = factor * std::pow(10, power);
      if (at >= low && at <= high) ticks.push_back({at, fmt::format("{:.6g}", at)});
    }
  }
  return ticks;
}

std::vector<Tick> linear_ticks(double low, double high, int count) {
  const double step = round_step((high - low) / count);
  std::vector<Tick> ticks;
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + step * 1e-9; ++i) {
    ticks.push_back({i * step, fmt::format("{:.6g}", i == 0 ? 0.0 : i * step)});
  }
  return ticks;
}

/// At least `least_span` wide, and never empty.
Range widened(Range range, double least_span) {
  if (range.empty()) return {0, 1};
  const double least = std::max(least_span, std::abs(range.high) * 1e-6 + 1e-12);
  const double more = std::max(0.0, least - (range.high - range.low));
  return {range.low - more / 2, range.high + more / 2};
}

}  // namespace

void Range::add(double value) {
  if (!std::isfinite(value)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

Axis linear_axis(const std::string& label, Range range, int ticks, double least_span, double floor,
                 double ceiling) {
  const Range wide = widened(range, least_span);
  const double pad = 0.05 * (wide.high - wide.low);
  Axis axis{label, std::max(wide.low - pad, floor), std::min(wide.high + pad, ceiling), false, {}};
  axis.ticks = linear_ticks(axis.low, axis.high, ticks);
  return axis;
}

Axis log_axis(const std::string& label, Range range) {
  if (range.empty() || range.low <= 0) range = {0.1, 10};
  const double pad = std::max(std::pow(range.high / range.low, 0.06), 1.05);
  Axis axis{label, range.low / pad, range.high * pad, true, {}};
  constexpr double kSparse[] = {1};
  constexpr double kUsual[] = {1, 2, 5};
  axis.ticks = log_ticks(axis.low, axis.high, kUsual);
  if (axis.ticks.size() > 9) axis.ticks = log_ticks(axis.low, axis.high, kSparse);
  if (axis.ticks.size() < 3) axis.ticks = linear_ticks(axis.low, axis.high, 5);
  return axis;
}

Axis percent_axis(const std::string& label, Range range, int ticks) {
  const Range wide = widened(range, /*least_span=*/2);
  const double pad = 0.05 * (wide.high - wide.low);
  const double low = std::max(std::floor(wide.low - pad), 0.0);
  const double high = std::min(std::ceil(wide.high + pad), 100.0);
  return {fmt::format("{} (%), {:g} to {:g} shown", label, low, high), low, high, false,
          linear_ticks(low, high, ticks)};
}

Axis index_axis(const std::string& label, const std::vector<int>& values) {
  Axis axis{label, -0.5, static_cast<double>(values.size()) - 0.5, false, {}};
  for (std::size_t i = 0; i < values.size(); ++i)
    axis.ticks.push_back({static_cast<double>(i), grouped(values[i])});
  return axis;
}

Axis epoch_axis(const std::string& label, int last_epoch) {
  const double pad = last_epoch > 1 ? 0.04 * (last_epoch - 1) : 0.5;
  Axis axis{label, 1 - pad, last_epoch + pad, false, {}};
  const int step = std::max(1, static_cast<int>(round_step(last_epoch / 6.0)));
  axis.ticks.push_back({1, "1"});
  for (int epoch = step == 1 ? 2 : step; epoch <= last_epoch; epoch += step) {
    axis.ticks.push_back({static_cast<double>(epoch), std::to_string(epoch)});
  }
  return axis;
}

}  // namespace rnnbench
