#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/records.hpp"

namespace rnnbench {

using RunId = std::int64_t;

/// (trial key, seed) of a run.
using RunKey = std::pair<std::string, std::uint64_t>;

/// A run that was left before its end and can go on after its checkpoint.
struct UnfinishedRun {
  RunId run = 0;
  std::string engine;  ///< JSON: what the engine said of itself
  CheckpointRecord checkpoint;
  std::vector<EpochRecord>
      epochs;                ///< the metrics of each epoch up to the checkpoint's, as they were recorded
  double train_seconds = 0;  ///< of these epochs
  double seconds = 0;        ///< as in RunEnd, so far
  std::string environment = "{}";  ///< JSON: that it was begun in
};

/// Takes what a runner records, as it happens. What was handed over is durable when a call returns: a
/// kill at any moment leaves each call done or not done. (That a run has begun may be lost with the power, as
/// long as nothing else of it was recorded.) Throws StoreError. Used from one thread.
class RunSink {
 public:
  virtual ~RunSink() = default;

  /// All (trial, seed) that have a finished run, from any experiment: they are never repeated.
  virtual std::set<RunKey> finished_runs() = 0;

  /// Says that `trials` belong to `experiment`, so that a report on it finds their runs, whichever
  /// experiment ran them. Earlier ones of it that never began, and aren't among them, no longer do: what was
  /// skipped for want of a file is another trial once the file is there.
  virtual void add_trials(const ExperimentRecord& experiment, const std::vector<TrialRecord>& trials) = 0;

  /// A new run with status `running`, owned by this process.
  virtual RunId begin_run(const RunStart& start) = 0;

  /// The same, unless the trial has a finished run with this seed or another live process of this machine
  /// runs it now: then nothing. Several runners can so share a matrix.
  virtual std::optional<RunId> claim_run(const RunStart& start) = 0;

  /// A run of this trial and seed that was interrupted, or whose process on this machine is gone, and that
  /// has a checkpoint; of several the one that got farthest. For a start that repeats, only of those begun
  /// after the last one that finished: an earlier one is no repetition of it.
  virtual std::optional<UnfinishedRun> unfinished_run(const RunStart& start) = 0;

  /// Goes on with `left` as this process, in the environment of `start`: it is `running` again, and what was
  /// recorded after its checkpoint is taken back. False where claim_run() would give nothing (unless `start`
  /// repeats), or another process has gone on with it since.
  virtual bool resume_run(const UnfinishedRun& left, const RunStart& start) = 0;

  /// Says that `run` won't go on from its checkpoint.
  virtual void drop_checkpoint(RunId run) = 0;

  virtual void epoch_finished(RunId run, const EpochRecord& epoch) = 0;

  /// The last lines that the process of a running run wrote so far; nothing happens to one that is over.
  virtual void run_wrote(RunId /*run*/, const std::string& /*lines*/) {}

  /// Only an interrupted run keeps its checkpoint.
  virtual void end_run(RunId run, const RunEnd& end) = 0;

  /// Ends a run whose process is gone, as far as that has not ended it itself: then nothing is changed and
  /// the status is returned that it gave. What it recorded of train_seconds stays.
  virtual std::optional<RunStatus> end_lost_run(RunId run, const RunEnd& end) {
    end_run(run, end);
    return std::nullopt;
  }

  /// Records that a run can't be done here, and why. Saying the same again adds nothing.
  virtual void skip_run(const RunStart& start, const std::string& reason) = 0;

  /// Runs `calls`, which calls this sink, as one whole: what they recorded is durable when this returns, all
  /// of it or, where it throws or the process is killed, nothing. Many calls then cost one wait for the disk.
  /// The sink keeps other processes from writing meanwhile: compute nothing in it.
  virtual void together(const std::function<void()>& calls) { calls(); }
};

}  // namespace rnnbench
