#pragma once

#include <SQLiteCpp/Statement.h>

#include <map>
#include <string>
#include <vector>

#include "results/exchange/event_file.hpp"
#include "results/exchange/tensorboard_run.hpp"

namespace rnnbench {

/// Reads metrics and durations of runs and writes them as curves; one for all runs of an export. Throws
/// StoreError.
class TensorboardScalars {
 public:
  explicit TensorboardScalars(Database& database);

  /// The names of a run's metrics by split, "" among the splits.
  std::map<std::string, std::vector<std::string>> metrics_of(RunId run);

  /// Writes a run's metrics of a split: those of epochs under their name, at the epoch; those of steps under
  /// NAME/step, counted through the run.
  void write_metrics(const TensorboardRun& run, const std::string& split,
                     const std::vector<std::string>& names, EventFile& file);

  /// Writes a run's durations by epoch, in seconds: timing/PHASE/median and timing/PHASE/total; timing_device
  /// by the device's clock, timing_warmup what was warm-up. Raw samples stay out. And train_seconds.
  void write_timings(const TensorboardRun& run, EventFile& file);

 private:
  void write_series(const TensorboardRun& run, const std::string& split, const std::string& name,
                    EventFile& file);

  Database& database_;
  SQLite::Statement first_series_, next_split_, next_name_, points_, timings_;
};

}  // namespace rnnbench
