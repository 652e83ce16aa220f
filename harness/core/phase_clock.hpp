#pragma once

namespace rnnbench {

/// The parts of a training step that an engine can tell apart.
enum class Phase { kForward, kBackward, kOptimizer };

/// Told by an engine when a phase of a step has ended. An engine whose device works while the host goes on
/// tells nothing here: what it queued has not ended yet. It times its phases by the device's own clock, see
/// Engine::take_device_use.
class PhaseClock {
 public:
  virtual ~PhaseClock() = default;
  virtual void finished(Phase phase) = 0;
};

/// Measures nothing and costs nothing.
class NullPhaseClock final : public PhaseClock {
 public:
  void finished(Phase /*phase*/) override {}
};

}  // namespace rnnbench
