#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/core/phase_clock.hpp"
#include "harness/core/records.hpp"
#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// Where the time of training steps goes, in nanoseconds of a clock that outlives it. A step is
///
///   begin_step → (batch made) data_ready → engine: finished(forward), finished(backward),
///   finished(optimizer) → end_step
///
/// An engine may go forward and backward by turns: a phase's time is the sum over the step.
///
/// Where a device works while the host goes on, the host's clock can only say how long a batch takes to make:
/// there the phase `data` alone is kept.
class PhaseTimer final : public PhaseClock {
 public:
  explicit PhaseTimer(bool device_is_asynchronous, const TickClock& clock = steady_ticks())
      : asynchronous_(device_is_asynchronous), clock_(clock) {}

  void begin_step();
  void data_ready();
  void finished(Phase phase) override;
  void end_step();

  bool device_is_asynchronous() const { return asynchronous_; }

  /// Whole steps since take() was last called; none where the device is asynchronous.
  std::span<const std::int64_t> steps() const { return samples_[kStep]; }

  /// The samples since the last call as timings of `epoch`, see add_samples().
  std::vector<TimingRecord> take(int epoch, int warmup_steps);

 private:
  enum Slot { kData, kForward, kBackward, kOptimizer, kStep, kSlots };
  void lap(Slot slot);

  bool asynchronous_;
  const TickClock& clock_;
  std::int64_t step_start_ = 0;
  std::int64_t last_edge_ = 0;
  std::array<std::int64_t, kSlots> step_ns_ = {};  ///< of this step
  std::array<bool, kSlots> seen_ = {};             ///< in this step
  std::array<std::vector<std::int64_t>, kSlots> samples_;
};

/// Adds the samples of a phase to `timings`: the first `warmup_steps` of them apart, as warm-up. Nothing
/// where there are none.
void add_samples(std::vector<TimingRecord>& timings, const char* phase, const char* clock, int epoch,
                 int warmup_steps, const std::vector<std::int64_t>& samples_ns);

}  // namespace rnnbench
