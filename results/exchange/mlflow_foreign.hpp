#pragma once

#include <string>
#include <vector>

#include "results/exchange/mlflow_server.hpp"
#include "results/exchange/run_record.hpp"

namespace rnnbench {

/// TrialRecord::engine of runs that others logged.
inline constexpr const char* kMlflowEngine = "mlflow";

/// A run that another program logged, as one of ours without metrics: its params are the settings of its
/// trial, numbers (where no digit is lost) and truth values as such; a param `seed` (random_seed,
/// random_state, manual_seed) is the run's. One without is the only one of its seed, which is made from its
/// id. The run must be over; one that has no end is without a finish time.
RunRecord foreign_run(const MlflowExperiment& experiment, const MlflowRun& run);

/// Adds what was logged under a key: "val/loss" and "val_loss" are the loss of the split "validation", unless
/// that is there already. MLflow's step is the epoch; of several values at one step the last is the epoch's,
/// those before it are its steps 0, 1, …. Returns how many values can't be held: steps beyond 32 bits.
int add_foreign_metric(RunRecord& record, const std::string& key, std::vector<MlflowMetric> values);

}  // namespace rnnbench
