#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "harness/measure/control_work.hpp"

namespace rnnbench {

/// What the control took at one moment of a session.
struct ControlReading {
  std::vector<std::int64_t> samples_ns;
  bool is_new = true;  ///< false: of a moment ago, and given before
};

/// The control of a session of many runs, however short they are: it takes a hundredth of the time at most,
/// since its last reading stands until it is a hundred times as old as what it took. Used from one thread.
class PacedControl {
 public:
  /// `take`: one reading, ControlWork::read() where it is empty. `clock` outlives this.
  explicit PacedControl(const TickClock& clock = steady_ticks(),
                        std::function<std::vector<std::int64_t>()> take = {});
  ControlReading read();

 private:
  std::vector<std::int64_t> take();

  const TickClock& clock_;
  std::function<std::vector<std::int64_t>()> take_;
  std::optional<ControlWork> work_;  ///< has memory of its own only once it is used
  std::vector<std::int64_t> last_ns_;
  std::int64_t taken_at_ = 0;
  std::int64_t cost_ns_ = 0;
};

}  // namespace rnnbench
