#include "harness/measure/tick_clock.hpp"

#include <chrono>

namespace rnnbench {
namespace {

class SteadyTicks final : public TickClock {
 public:
  std::int64_t now() const override {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
};

}  // namespace

const TickClock& steady_ticks() {
  static const SteadyTicks clock;
  return clock;
}

}  // namespace rnnbench
