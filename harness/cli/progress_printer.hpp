#pragma once

#include <chrono>
#include <cstdio>
#include <string>

#include "harness/runner/progress.hpp"

namespace rnnbench {

/// Writes progress to stderr: on a terminal one line that is rewritten, with what stays above it (a line
/// a finished run); elsewhere a plain line an epoch. Without colour.
class ProgressPrinter final : public ProgressListener {
 public:
  explicit ProgressPrinter(bool terminal) : terminal_(terminal) {}

  void run_started(const MatrixPosition& position, int epochs) override;
  void step(int epoch, double share_of_epoch, double loss, double accuracy) override;
  void evaluating(int epoch, const std::string& split) override;
  void epoch_finished(const EpochRecord& epoch) override;
  void run_finished(const RunEnd& end) override;
  void run_skipped(const std::string& trial, std::uint64_t seed, const std::string& why) override;

 private:
  using Clock = std::chrono::steady_clock;
  void rewrite(const std::string& line);
  void keep(const std::string& line);
  std::string time_left(double run_share) const;

  bool terminal_;
  MatrixPosition position_;
  int epochs_ = 0;
  std::string results_;  // of the last epoch
  std::size_t shown_ = 0;
  Clock::time_point run_start_;
  double seconds_of_done_runs_ = 0;
};

/// Whether stderr is a terminal that may be drawn on (NO_COLOR unset, TERM not "dumb").
bool stderr_is_terminal();

}  // namespace rnnbench
