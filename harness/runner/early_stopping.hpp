#pragma once

#include "harness/core/records.hpp"
#include "harness/model/early_stopping_spec.hpp"
#include "harness/runner/best_so_far.hpp"

namespace rnnbench {

/// Says when a run's training ends early; EarlyStoppingSpec says by which rule.
class EarlyStopping {
 public:
  explicit EarlyStopping(const EarlyStoppingSpec& spec) : spec_(spec), best_(spec.metric, spec.min_delta) {}

  /// Takes the train and validation metrics of an epoch. Throws ConfigError where the one that is watched is
  /// not among them.
  void follow(const EpochRecord& epoch);

  /// Whether training ends after the epochs that were followed.
  bool stops() const { return spec_.is_on() && waited_ >= spec_.patience; }
  /// The last one that improved; 0 before the first and where stopping is off.
  int best_epoch() const { return best_epoch_; }

 private:
  EarlyStoppingSpec spec_;
  BestSoFar best_;
  int waited_ = 0;  ///< epochs since the last improvement
  int best_epoch_ = 0;
};

}  // namespace rnnbench
