#pragma once

#include <cstdint>
#include <vector>

#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// By how much of itself the control's time differs where the machine is taken to be another one.
inline constexpr double kControlShare = 0.05;

/// Work that is always the same, whatever is compared: where its time changes through a session, the machine
/// did. A chain of multiply-adds, then sums over a few MiB: about a millisecond in all.
class ControlWork {
 public:
  ControlWork();
  /// Nanoseconds of one round of it.
  std::int64_t measure(const TickClock& clock = steady_ticks());
  /// Those of five rounds, after one that isn't counted.
  std::vector<std::int64_t> read(const TickClock& clock = steady_ticks());

 private:
  std::vector<float> values_;
  double kept_ = 0;  ///< the result, so that the work isn't left out
};

}  // namespace rnnbench
