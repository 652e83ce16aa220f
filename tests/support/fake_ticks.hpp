#pragma once

#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// A clock that moves when it is told to; and, by `reading`, each time it is asked.
class FakeTicks final : public TickClock {
 public:
  std::int64_t now() const override {
    time_ += reading;
    return time_;
  }
  /// Nanoseconds, also back.
  void advance(std::int64_t by) const { time_ += by; }

  std::int64_t reading = 0;

 private:
  mutable std::int64_t time_ = 1'000;
};

}  // namespace rnnbench
