#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/bench/side_batches.hpp"
#include "harness/measure/tick_clock.hpp"

namespace rnnbench {

/// One engine with one model, ready to be timed. Every side that is set up alike starts from the same weights
/// and sees the same batches. Used from one thread.
class Side {
 public:
  /// Makes the engine and its batches. Throws what the data and the engine do; EnvironmentError for word
  /// vectors that aren't there.
  Side(const SideSetup& setup, const std::vector<std::string>& engines, const RunServices& services,
       const TickClock& clock = steady_ticks());

  SideReady ready() const;
  /// Of a training step, the mean over its batches; nothing where the engine takes it as written.
  std::optional<StepExplanation> explain() const;
  /// Returns when the engine's threads are quiet, so that they don't disturb the side that is timed next.
  SideSamples measure(const SideRequest& request);

 private:
  void train(int steps, SideSamples& samples);
  void predict(int steps, SideSamples& samples);
  void time_phases(int steps, SideSamples& samples);
  std::size_t next_batch() { return next_++ % input_.batches.size(); }

  TrialSpec trial_;
  const RunServices& services_;
  const TickClock& clock_;
  bool drawn_tokens_;
  SideBatches input_;
  std::unique_ptr<Engine> engine_;
  std::size_t next_ = 0;
};

/// A side's process, of an engine or, where the trial is one, of a program (ProgramSide): reads its setup and
/// requests from `requests` until they end, and answers by `say`, a line each. What goes wrong is said
/// (SideFailed) and ends it.
void serve_side(std::istream& requests, const std::function<void(const std::string& line)>& say,
                const std::vector<std::string>& engines, const RunServices& services);

}  // namespace rnnbench
