#pragma once

#include "harness/core/settings.hpp"
#include "harness/model/watched_metric.hpp"

namespace rnnbench {

/// When training ends before its last epoch, by the rule of Keras' EarlyStopping
/// (keras/src/callbacks/early_stopping.py): an epoch improves if its metric beats the best so far by more
/// than `min_delta`; after `patience` epochs in a row that don't, training ends.
struct EarlyStoppingSpec {
  WatchedMetric metric = WatchedMetric::kValidationLoss;
  int patience = 0;  ///< epochs; 0: never stops
  double min_delta = 0;
  /// At the end of training, stopped or not, the engine gets the weights of the last epoch that improved:
  /// the final test and the stored weights, last and best, are of them.
  bool restore_best = true;

  bool is_on() const { return patience > 0; }
  bool restores() const { return is_on() && restore_best; }
};

/// Reads the table `training.early_stopping`, which needs a patience. Throws ConfigError.
EarlyStoppingSpec read_early_stopping_spec(SettingsReader reader);

/// All settings, defaults written out.
Json to_json(const EarlyStoppingSpec& spec);

}  // namespace rnnbench
