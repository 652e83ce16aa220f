#include "harness/runner/run_matrix.hpp"

#include "harness/core/error.hpp"
#include "harness/runner/budget.hpp"
#include "harness/runner/run_tasks.hpp"
#include "harness/runner/run_trial.hpp"

namespace rnnbench {

std::vector<MatrixRun> Matrix::runs() const {
  if (!only) return runs_in_order(trials.size(), seeds, shard);
  std::vector<MatrixRun> runs;
  for (const MatrixRun& run : runs_in_order(trials.size(), seeds)) {
    if (only->contains({trials[run.trial].record.key, run.seed})) runs.push_back(run);
  }
  return runs;
}

MatrixOutcome run_matrix(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                         ProgressListener& progress) {
  MatrixOutcome outcome;
  const std::vector<RunTask> tasks = tasks_left(matrix, rerun, services, sink, progress, outcome);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto& [trial, seed, attempt] = tasks[i];
    if (services.stop.stop_requested()) throw Interrupted();
    if (services.budget && !services.budget->allows(*trial, seed)) {
      ++outcome.left;
      continue;
    }
    progress.run_started({.run = static_cast<int>(i) + 1,
                          .runs = static_cast<int>(tasks.size()),
                          .failed = outcome.failed,
                          .trial = trial->label,
                          .seed = seed},
                         trial->spec.training.epochs);
    const RunStart start{matrix.experiment, trial->record, seed, "", "{}", trial->estimated_seconds};
    const auto end = run_trial(trial->spec, start, rerun, services, sink, progress);
    if (!end) {
      ++outcome.already_finished;
    } else {
      if (services.budget && end->status == RunStatus::kFinished)
        services.budget->learn(*trial, end->seconds);
      ++(end->status == RunStatus::kFinished ? outcome.finished : outcome.failed);
    }
  }
  return outcome;
}

}  // namespace rnnbench
