#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/bench/side_link.hpp"
#include "harness/measure/control_work.hpp"
#include "harness/measure/machine_use.hpp"
#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// What one side showed in a round.
struct SideRound {
  SideReady ready;
  std::vector<std::int64_t> warm_up_ns;                         ///< steps before it was warm
  std::map<std::string, std::vector<std::int64_t>> samples_ns;  ///< by phase, see SideWork; "step", "predict"
  double memory_peak = 0;                                       ///< bytes
  double device_memory_peak = 0;                                ///< bytes
};

struct BenchRound {
  int number = 1;
  std::vector<SideRound> sides;
  std::vector<std::int64_t> control_ns = {};  ///< see ControlWork; before and after the sides
  MachineUse use = {};
};

/// Starts side `side` anew. Throws EnvironmentError.
using MakeSide = std::function<std::unique_ptr<SideLink>(std::size_t side)>;

/// Takes rounds of a comparison. A round has fresh processes, one a side; warms each until warm_up.hpp says
/// so (or a fifth of the round's time is gone), then lets them take blocks of steps in turns, of about equal
/// times, beginning with another one each time; then blocks of predictions likewise; last a pass with an edge
/// after each phase. Nobody works while another is timed.
class RoundTaker {
 public:
  /// `seconds` a round, about. Sides for which that is too short take longer: three steps to warm them and
  /// three blocks of each work, or one where that takes more than half a second.
  RoundTaker(std::vector<SideSetup> sides, MakeSide make_side, double seconds,
             const TickClock& clock = steady_ticks());

  /// Rounds are numbered from 1. Throws what the sides do.
  BenchRound take(int number);

 private:
  struct Active;
  void warm_up(Active& side, std::int64_t until) const;
  void take_blocks(std::vector<Active>& sides, SideWork work, const char* phase, std::int64_t until) const;
  void add_control(BenchRound& round);

  std::vector<SideSetup> setups_;
  MakeSide make_side_;
  double seconds_;
  const TickClock& clock_;
  ControlWork control_;
};

}  // namespace rnnbench
