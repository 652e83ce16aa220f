#include "harness/runner/run_matrix.hpp"

#include "harness/core/error.hpp"
#include "harness/runner/run_trial.hpp"

namespace rnnbench {
namespace {

struct Task {
  const PlannedTrial* trial;
  std::uint64_t seed;
};

/// What is left to do, in order; what can't be done here is recorded as skipped.
std::vector<Task> tasks_left(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                             ProgressListener& progress, MatrixOutcome& outcome) {
  const std::set<RunKey> finished = sink.finished_runs();
  std::vector<Task> tasks;
  for (const std::uint64_t seed : matrix.seeds) {
    for (const PlannedTrial& trial : matrix.trials) {
      if (!rerun && finished.contains({trial.record.key, seed})) {
        ++outcome.already_finished;
      } else if (const std::string why = services.obstacle(trial.spec); !why.empty()) {
        sink.skip_run({matrix.experiment, trial.record, seed, services.environment.dump(), "{}"}, why);
        progress.run_skipped(trial.label, seed, why);
        ++outcome.skipped;
      } else {
        tasks.push_back({&trial, seed});
      }
    }
  }
  return tasks;
}

}  // namespace

MatrixOutcome run_matrix(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                         ProgressListener& progress) {
  std::vector<TrialRecord> records;
  for (const PlannedTrial& trial : matrix.trials) records.push_back(trial.record);
  sink.add_trials(matrix.experiment, records);

  MatrixOutcome outcome;
  const std::vector<Task> tasks = tasks_left(matrix, rerun, services, sink, progress, outcome);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto& [trial, seed] = tasks[i];
    if (services.stop.stop_requested()) throw Interrupted();
    progress.run_started({.run = static_cast<int>(i) + 1,
                          .runs = static_cast<int>(tasks.size()),
                          .failed = outcome.failed,
                          .trial = trial->label,
                          .seed = seed},
                         trial->spec.training.epochs);
    const RunStart start{matrix.experiment, trial->record, seed, "", "{}"};
    const auto end = run_trial(trial->spec, start, rerun, services, sink, progress);
    if (!end) {
      ++outcome.already_finished;
    } else {
      ++(end->status == RunStatus::kFinished ? outcome.finished : outcome.failed);
    }
  }
  return outcome;
}

}  // namespace rnnbench
