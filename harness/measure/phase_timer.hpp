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
/// Where a device works while the host goes on, the host's clock can only say how long a batch takes to make:
/// there the phase `data` alone is kept.
class PhaseTimer final : public PhaseClock {
 public:
  explicit PhaseTimer(bool device_is_asynchronous) : asynchronous_(device_is_asynchronous) {}

  void begin_step();
  void data_ready();
  void finished(Phase phase) override;
  void end_step();

  /// The samples since the last call as timings of `epoch`, see add_samples().
  std::vector<TimingRecord> take(int epoch, int warmup_steps);

 private:
  using Clock = std::chrono::steady_clock;
  enum Slot { kData, kForward, kBackward, kOptimizer, kStep, kSlots };
  void lap(Slot slot);

  bool asynchronous_;
  Clock::time_point step_start_;
  Clock::time_point last_edge_;
  std::array<std::vector<std::int64_t>, kSlots> samples_;
};

/// Adds the samples of a phase to `timings`: the first `warmup_steps` of them apart, as warm-up. Nothing
/// where there are none.
void add_samples(std::vector<TimingRecord>& timings, const char* phase, const char* clock, int epoch,
                 int warmup_steps, const std::vector<std::int64_t>& samples_ns);

}  // namespace rnnbench
