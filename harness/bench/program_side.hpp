#pragma once

#include <string>
#include <vector>

#include "harness/bench/line_talk.hpp"
#include "harness/bench/side_batches.hpp"

namespace rnnbench {

/// A side that is any program, trial.command: it speaks the protocol of docs/timing.md, "Programs as sides".
/// What it says of its times is believed; parity with it isn't shown.
class ProgramSide {
 public:
  static constexpr int kProtocol = 1;
  static constexpr double kMostSeconds = 600;  ///< that an answer may take

  /// Starts the program and sets it up with the batches that the other sides have. Throws what the data does,
  /// EngineError where the program isn't ready within `most_seconds`, EnvironmentError, Interrupted.
  ProgramSide(const SideSetup& setup, const std::vector<std::string>& engines, const RunServices& services,
              double most_seconds = kMostSeconds);

  SideReady ready() const { return ready_; }
  /// Phases of a step aren't asked for: without samples. Returns when all threads of the program are quiet.
  /// Throws EngineError where it fails, ends or answers anything but a time for each step.
  SideSamples measure(const SideRequest& request);

 private:
  ProgramSide(const TrialSpec& trial, const SideSetup& setup, const RunServices& services,
              double most_seconds);
  /// What it answered, a JSON object. Throws EngineError.
  Json answer_to(const Json& message);
  [[noreturn]] void refuse(const std::string& answer, const std::string& expected);

  std::string name_;
  LineTalk talk_;
  SideReady ready_;
};

}  // namespace rnnbench
