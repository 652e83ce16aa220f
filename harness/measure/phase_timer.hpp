#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/phase_clock.hpp"
#include "harness/core/records.hpp"

namespace rnnbench {

/// Where the time of training steps goes, in nanoseconds of `steady_clock`. A step is
///
///   begin_step → (batch made) data_ready → engine: finished(forward), finished(backward),
///   finished(optimizer) → end_step
///
/// Only steps for which `begin_step` was given `sample = true` are kept: on a device, timing the phases
/// costs a synchronisation at each edge, so that only some steps are.
class PhaseTimer final : public PhaseClock {
 public:
  /// `device_is_asynchronous`: phases end when the device says so, which needs synchronising.
  explicit PhaseTimer(bool device_is_asynchronous) : asynchronous_(device_is_asynchronous) {}

  void begin_step(bool sample);
  void data_ready();
  void finished(Phase phase) override;
  bool synchronises() const override { return asynchronous_ && sampling_; }
  bool asynchronous() const { return asynchronous_; }
  /// The step lasts until here; call it after the device is synchronised where `synchronises()`.
  void end_step();

  /// The samples since the last call as timings of `epoch`; the first `warmup_steps` of them apart, as
  /// warm-up. Phases without a sample are left out.
  std::vector<TimingRecord> take(int epoch, int warmup_steps);

 private:
  using Clock = std::chrono::steady_clock;
  enum Slot { kData, kForward, kBackward, kOptimizer, kStep, kSlots };
  void lap(Slot slot);

  bool asynchronous_;
  bool sampling_ = false;
  Clock::time_point step_start_;
  Clock::time_point last_edge_;
  std::array<std::vector<std::int64_t>, kSlots> samples_;
};

}  // namespace rnnbench
