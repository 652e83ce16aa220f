#include "harness/runner/run_tasks.hpp"

namespace rnnbench {

std::vector<RunTask> tasks_left(const Matrix& matrix, bool rerun, const RunServices& services, RunSink& sink,
                                ProgressListener& progress, MatrixOutcome& outcome) {
  std::vector<TrialRecord> records;
  for (const PlannedTrial& trial : matrix.trials) records.push_back(trial.record);
  sink.add_trials(matrix.experiment, records);

  const std::set<RunKey> finished = sink.finished_runs();
  std::vector<RunTask> tasks;
  for (const auto& [index, seed] : matrix.runs()) {
    const PlannedTrial& trial = matrix.trials[index];
    if (!rerun && finished.contains({trial.record.key, seed})) {
      ++outcome.already_finished;
    } else if (const std::string why = services.obstacle(trial.spec); !why.empty()) {
      sink.skip_run({matrix.experiment, trial.record, seed, services.environment.dump(), "{}"}, why);
      progress.run_skipped(trial.label, seed, why);
      ++outcome.skipped;
      ++outcome.skipped_because[why];
    } else {
      tasks.push_back({&trial, seed});
    }
  }
  return tasks;
}

}  // namespace rnnbench
