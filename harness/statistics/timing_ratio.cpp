#include "harness/statistics/timing_ratio.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/statistics/t_tests.hpp"

namespace rnnbench {
namespace {

std::optional<Refusal> flaw_of_timings(std::span<const double> first, std::span<const double> second) {
  if (const auto flaw = flaw_of_pairs(first, second, 1)) return flaw;
  const auto is_none = [](double seconds) { return seconds <= 0; };
  const auto bad = std::count_if(first.begin(), first.end(), is_none) +
                   std::count_if(second.begin(), second.end(), is_none);
  if (bad == 0) return std::nullopt;
  return Refusal{fmt::format("{} of {} timings are not above 0: the clock stood still or went back", bad,
                             first.size() + second.size())};
}

std::vector<double> logarithms(std::span<const double> values) {
  std::vector<double> logs(values.size());
  std::transform(values.begin(), values.end(), logs.begin(), [](double v) { return std::log(v); });
  return logs;
}

}  // namespace

Finding<TimingRatio> mean_ratio(std::span<const double> first, std::span<const double> second,
                                double confidence) {
  if (const auto flaw = flaw_of_timings(first, second)) return *flaw;
  const auto test = paired_t_test(logarithms(first), logarithms(second), confidence);
  if (!test) return Refusal{test.why_not()};
  const TimingRatio ratio{
      test->n, std::exp(test->difference), {std::exp(test->interval.low), std::exp(test->interval.high)}};
  if (!std::isfinite(ratio.interval.high)) {
    return Refusal{"the ratio of the timings has no bound: they scatter too much, or are of different units"};
  }
  return ratio;
}

}  // namespace rnnbench
