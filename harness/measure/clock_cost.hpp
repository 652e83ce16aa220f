#pragma once

#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// What a clock can tell, and what asking it costs, in nanoseconds.
struct ClockCost {
  double resolution_ns = 0;  ///< the smallest step seen; 0: it stood still
  double reading_ns = 0;     ///< the median time of one reading
};

/// Reads `clock` some ten thousand times, about a millisecond.
ClockCost clock_cost(const TickClock& clock = steady_ticks());

}  // namespace rnnbench
