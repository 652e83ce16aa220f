#pragma once

#include <string>
#include <vector>

#include "results/exchange/event_file.hpp"
#include "results/exchange/tensorboard_run.hpp"

namespace rnnbench {

/// The splits that a run has metrics of, "" among them.
std::vector<std::string> splits_of(Database& database, RunId run);

/// Writes a run's metrics of a split: those of epochs under their name, at the epoch; those of steps under
/// NAME/step, counted through the run.
void write_metrics(Database& database, const TensorboardRun& run, const std::string& split, EventFile& file);

/// Writes a run's durations by epoch, in seconds: timing/PHASE/median and timing/PHASE/total; timing_device
/// by the device's clock, timing_warmup what was warm-up. Raw samples stay out. And train_seconds.
void write_timings(Database& database, const TensorboardRun& run, EventFile& file);

}  // namespace rnnbench
