#pragma once

#include <cstdint>

namespace rnnbench {

/// Where every duration comes from: `steady_clock`, or a test's own.
class TickClock {
 public:
  virtual ~TickClock() = default;
  /// Nanoseconds since some moment.
  virtual std::int64_t now() const = 0;
};

/// The host's `steady_clock`, which never goes back and stands while the machine is suspended.
const TickClock& steady_ticks();

}  // namespace rnnbench
