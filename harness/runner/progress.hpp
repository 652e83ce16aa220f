#pragma once

#include <cstdint>
#include <string>

#include "harness/core/records.hpp"

namespace rnnbench {

/// How far a matrix is. `run` counts from 1 over what is left to do.
struct MatrixPosition {
  int run = 0;
  int runs = 0;
  int failed = 0;
  std::string trial;  ///< what sets the trial apart, "engine=eigen length=20"
  std::uint64_t seed = 0;
};

/// Told what happens while a matrix runs; does nothing by default. Called from the runner's thread and
/// must not take long.
class ProgressListener {
 public:
  virtual ~ProgressListener() = default;
  virtual void run_started(const MatrixPosition& /*position*/, int /*epochs*/) {}
  /// A run that was left does not go on where it was; why.
  virtual void begun_anew(const std::string& /*why*/) {}
  /// A few times a second. `loss` and `accuracy` are of the epoch so far.
  virtual void step(int /*epoch*/, double /*share_of_epoch*/, double /*loss*/, double /*accuracy*/) {}
  virtual void evaluating(int /*epoch*/, const std::string& /*split*/) {}
  virtual void epoch_finished(const EpochRecord& /*epoch*/) {}
  virtual void run_finished(const RunEnd& /*end*/) {}
  /// It was finished, or at work in another process.
  virtual void run_left() {}
  virtual void run_skipped(const std::string& /*trial*/, std::uint64_t /*seed*/, const std::string& /*why*/) {
  }
};

}  // namespace rnnbench
