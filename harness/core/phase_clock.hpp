#pragma once

namespace rnnbench {

/// The parts of a training step that an engine can tell apart.
enum class Phase { kForward, kBackward, kOptimizer };

/// Told by an engine when a phase of a step has ended. An engine on a device synchronises before each
/// call where `synchronises()` is true, so that the edges are real; where it is false it must not.
class PhaseClock {
 public:
  virtual ~PhaseClock() = default;
  virtual bool synchronises() const = 0;
  virtual void finished(Phase phase) = 0;
};

/// Measures nothing and costs nothing.
class NullPhaseClock final : public PhaseClock {
 public:
  bool synchronises() const override { return false; }
  void finished(Phase /*phase*/) override {}
};

}  // namespace rnnbench
