#pragma once

#include "harness/core/settings.hpp"
#include "harness/model/watched_metric.hpp"

namespace rnnbench {

enum class ScheduleKind { kConstant, kStep, kPlateau };

/// How the learning rate goes from epoch to epoch. It starts at OptimizerSpec::learning_rate.
///
///   constant  stays there
///   step      after each `every` epochs rate ← rate · factor (PyTorch's StepLR; its gamma is `factor`)
///   plateau   Keras' ReduceLROnPlateau without a cooldown (keras/src/callbacks/reduce_lr_on_plateau.py): an
///             epoch improves if its metric beats the best so far by more than `min_delta`; after `patience`
///             epochs in a row that don't, rate ← max(rate · factor, min_rate), and the count starts anew
struct ScheduleSpec {
  ScheduleKind kind = ScheduleKind::kConstant;
  int every = 1;                                          ///< epochs; of step
  double factor = 0.1;                                    ///< of step and plateau, in (0, 1]
  WatchedMetric metric = WatchedMetric::kValidationLoss;  ///< of plateau, as the rest
  int patience = 10;
  double min_delta = 1e-4;
  double min_rate = 0;
};

/// Reads the table `training.schedule`. Throws ConfigError, also for a setting that the kind doesn't have.
ScheduleSpec read_schedule_spec(SettingsReader reader);

/// The settings that the kind has, defaults written out.
Json to_json(const ScheduleSpec& spec);

const char* name_of(ScheduleKind kind);     ///< "constant", "step", "plateau"
const char* name_of(WatchedMetric metric);  ///< "validation_loss", "train_loss", "validation_accuracy"

}  // namespace rnnbench
