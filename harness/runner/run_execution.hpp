#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "harness/core/run_sink.hpp"
#include "harness/core/seeds.hpp"
#include "harness/measure/phase_timer.hpp"
#include "harness/runner/best_so_far.hpp"
#include "harness/runner/checkpoint.hpp"
#include "harness/runner/checkpoint_pace.hpp"
#include "harness/runner/control_record.hpp"
#include "harness/runner/early_stopping.hpp"
#include "harness/runner/evaluate.hpp"
#include "harness/runner/learning_rate.hpp"
#include "harness/runner/machine_record.hpp"
#include "harness/runner/progress.hpp"
#include "harness/runner/services.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// One run from the first epoch to the last. The references given must outlive it.
class RunExecution {
 public:
  RunExecution(const TrialSpec& trial, std::uint64_t seed, const RunServices& services, RunSink& sink,
               ProgressListener& progress);

  /// Loads, trains, evaluates and writes the weights; nothing where another process has the run. A run that
  /// was left with a sound checkpoint goes on from there; with `repeat` only an unfinished repetition. `id`
  /// is set as soon as there is a row. Throws what the data, the engine, the disk and the sink throw.
  std::optional<RunEnd> execute(RunStart start, bool repeat, RunId& id);

  /// Records how the run ended, and in the same transaction its last epoch where that isn't recorded yet.
  void record_end(RunId id, const RunEnd& end);

  /// Of a run that has ended and won't go on.
  void remove_checkpoints(RunId id) const { checkpoints_.remove_all(id); }

  /// So far, those of the run's earlier processes included.
  double train_seconds() const { return end_.train_seconds; }
  double seconds() const { return earlier_seconds_ + own_seconds(); }

 private:
  std::shared_ptr<const GivenVectors> given_vectors(const EncodedData& data) const;
  std::unique_ptr<Engine> make_engine(const EncodedData& data, const GivenVectors* vectors) const;
  std::optional<RunId> begin(const RunStart& start);
  std::optional<RunId> claim(const RunStart& start, std::unique_ptr<Engine>& engine, const EncodedData& data,
                             const GivenVectors* vectors);
  std::string resume(const UnfinishedRun& left, const RunStart& start, Engine& engine,
                     const EncodedData& data);
  double own_seconds() const;
  RunEnd train(Engine& engine, const EncodedData& data, RunId id);
  bool run_epoch(Engine& engine, const EncodedData& data, EpochRecord& record);
  void train_one(Engine& engine, const EncodedData& data, EpochRecord& record);
  bool decide(const Engine& engine, const EncodedData& data, const EpochRecord& record);
  bool follow(const EpochRecord& epoch, const EncodedData& data);
  void write_checkpoint(const Engine& engine, RunId id, EpochRecord& record);
  Evaluation measure(Engine& engine, const EncodedData& data, const EncodedPart& part,
                     const std::string& split, EpochRecord& record);
  void test(Engine& engine, const EncodedData& data, EpochRecord& record, bool last);
  void write_artifacts(const Engine& engine, const EncodedData& data, RunId id);

  /// The epoch whose weights are kept as the best: by early stopping where that restores them, else the
  /// highest validation accuracy, the first of equals.
  struct BestEpoch {
    int epoch = 0;
    Parameters weights;  ///< empty where the engine has them
  };

  const TrialSpec& trial_;
  RunSeeds seeds_;
  const RunServices& services_;
  RunSink& sink_;
  ProgressListener& progress_;
  PhaseTimer timer_;
  LearningRate learning_rate_;
  EarlyStopping stopping_;
  BestSoFar best_accuracy_;
  BestEpoch best_;
  CheckpointFiles checkpoints_;
  CheckpointPace pace_;
  MachineRecord machine_;
  ControlRecord control_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double earlier_seconds_ = 0;  ///< of the run's earlier processes
  int first_epoch_ = 1;         ///< of this process
  int last_epoch_ = 0;
  std::int64_t last_step_ = 0;
  RunEnd end_;
  std::optional<EpochRecord> unrecorded_;  ///< the last one, until the run ends
};

}  // namespace rnnbench
