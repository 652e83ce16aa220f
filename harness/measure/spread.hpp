#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// How durations of the same thing scatter, in nanoseconds.
struct Spread {
  std::size_t samples = 0;
  double median_ns = 0;
  double p99_ns = 0;  ///< the smallest that at least 99 % of them don't exceed
  double max_ns = 0;
};

/// All 0 of no samples.
Spread spread_of(std::span<const std::int64_t> samples_ns);

/// Times `work` again and again for `seconds` of `clock`, at least three times and at most `most` times,
/// after a first time that isn't counted.
Spread time_again(const std::function<void()>& work, double seconds, std::size_t most,
                  const TickClock& clock = steady_ticks());

/// How much a fixed piece of work of about ten microseconds scatters: a chain of multiply-adds in registers,
/// as long as takes that time here. What it takes longer than the median, others took.
Spread measure_jitter(double seconds, const TickClock& clock = steady_ticks());

}  // namespace rnnbench
