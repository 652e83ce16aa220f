#include "harness/measure/warm_up.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "harness/core/median.hpp"

namespace rnnbench {
namespace {

/// The first step at which two windows agree, not after `most`.
std::optional<std::size_t> steady_from(std::span<const std::int64_t> samples, const WarmUpRule& rule) {
  const std::size_t window = rule.window;
  for (std::size_t step = rule.least; step <= rule.most && step + 2 * window <= samples.size(); ++step) {
    const double one = median_of(samples.subspan(step, window));
    const double next = median_of(samples.subspan(step + window, window));
    if (std::abs(one - next) <= rule.tolerance * next) return step;
  }
  return std::nullopt;
}

}  // namespace

std::size_t warm_up_steps(std::span<const std::int64_t> samples_ns, const WarmUpRule& rule) {
  if (const auto step = steady_from(samples_ns, rule)) return *step;
  const std::size_t steps = samples_ns.size();
  if (steps < rule.least + 2 * rule.window) return std::min(rule.least, steps);
  return std::min(rule.most, steps - 2 * rule.window);
}

bool is_warm(std::span<const std::int64_t> samples_ns, const WarmUpRule& rule) {
  return samples_ns.size() >= rule.most || steady_from(samples_ns, rule).has_value();
}

}  // namespace rnnbench
