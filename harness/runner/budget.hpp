#pragma once

#include <functional>
#include <optional>

#include "harness/runner/run_estimates.hpp"
#include "harness/runner/run_matrix.hpp"

namespace rnnbench {

/// `--for`: which runs may still begin. One may while there is time and, where there is an estimate, it would
/// end in time. A run that began is never cut off: one without an estimate, or that takes longer than
/// estimated, may end later.
class Budget {
 public:
  /// `clock` gives seconds since the budget began.
  Budget(double seconds, std::function<double()> clock, RunEstimates estimates);

  bool allows(const PlannedTrial& trial) const;
  std::optional<RunEstimate> estimate(const PlannedTrial& trial) const;

  /// A run of the trial took so long; later estimates take it in.
  void learn(const PlannedTrial& trial, double seconds);

 private:
  double seconds_;
  std::function<double()> clock_;
  RunEstimates estimates_;
};

}  // namespace rnnbench
