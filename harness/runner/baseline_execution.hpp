#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "harness/runner/machine_record.hpp"
#include "harness/runner/progress.hpp"
#include "harness/runner/services.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// One run of a baseline from its data to its end; what RunExecution is for a net. A round of fitting is an
/// epoch. The last epoch's metrics, of all three parts, are of the model that is kept, whichever round that
/// is of. A run that was left begins anew. The references given must outlive it.
class BaselineExecution {
 public:
  BaselineExecution(const TrialSpec& trial, std::uint64_t seed, const RunServices& services, RunSink& sink,
                    ProgressListener& progress);

  /// Fits, evaluates and writes the model; nothing where another process has the run. `id` is set as soon as
  /// there is a row. Throws what the data, the baseline, the disk and the sink throw.
  std::optional<RunEnd> execute(RunStart start, bool repeat, RunId& id);

  /// Records how the run ended, and in the same transaction the rounds that aren't recorded yet.
  void record_end(RunId id, const RunEnd& end);
  void remove_checkpoints(RunId /*id*/) const {}  ///< there are none

  double train_seconds() const { return end_.train_seconds; }
  double seconds() const { return seconds_since(begin_); }

 private:
  using Clock = std::chrono::steady_clock;

  static double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  }

  void fit(Baseline& baseline, const SplitTokens& data, RunId id);
  void take_round(const BaselineRound& round, RunId id);
  /// Writes the rounds that wait but the last one: many of them cost one wait for the disk.
  void write_rounds(RunId id);
  std::vector<float> measure(Baseline& baseline, const TokenRows& rows, const std::string& split);
  void evaluate(Baseline& baseline, const SplitTokens& data);
  void describe_model(const FittedBaseline& fitted);
  void write_artifacts(const Baseline& baseline, const SplitTokens& data, RunId id);

  const TrialSpec& trial_;
  std::uint64_t seed_;
  const RunServices& services_;
  RunSink& sink_;
  ProgressListener& progress_;
  MachineRecord machine_;
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point fit_begin_, round_begin_, written_;
  std::vector<EpochRecord> rounds_;  ///< that aren't written yet
  RunEnd end_;
};

}  // namespace rnnbench
