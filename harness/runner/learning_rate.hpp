#pragma once

#include "harness/model/schedule_spec.hpp"
#include "harness/runner/best_so_far.hpp"

namespace rnnbench {

/// The learning rate of a run, epoch by epoch; ScheduleSpec says by which rule.
class LearningRate {
 public:
  LearningRate(const ScheduleSpec& spec, double initial)
      : spec_(spec), best_(spec.metric, spec.min_delta), rate_(initial) {}

  /// Of the epoch that comes.
  double rate() const { return rate_; }

  /// Takes the train and validation metrics of the epoch that was trained. Throws ConfigError where the one
  /// that is watched is not among them.
  void follow(const EpochRecord& epoch);

 private:
  ScheduleSpec spec_;
  BestSoFar best_;
  double rate_;
  int waited_ = 0;  ///< epochs since the last improvement or reduction
};

}  // namespace rnnbench
