#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "harness/runner/run_estimates.hpp"
#include "harness/runner/run_matrix.hpp"

namespace rnnbench {

/// Runs that were left with a checkpoint: the epochs that are done of each.
using EpochsDone = std::map<RunKey, int>;

/// The share of a run that is left to do, in (0, 1].
double share_left(const PlannedTrial& trial, std::uint64_t seed, const EpochsDone& done);

/// `--for`: which runs may still begin. One may while there is time and, where there is an estimate, it would
/// end in time; one that goes on is charged with the epochs that are left. A run that began is never cut off:
/// one without an estimate, or that takes longer than estimated, may end later.
class Budget {
 public:
  /// `clock` gives seconds since the budget began.
  Budget(double seconds, std::function<double()> clock, RunEstimates estimates, EpochsDone done = {});

  bool allows(const PlannedTrial& trial, std::uint64_t seed) const;
  /// Of what is left of the run.
  std::optional<RunEstimate> estimate(const PlannedTrial& trial, std::uint64_t seed) const;

  /// A whole run of the trial took so long (RunEnd::seconds); later estimates take it in.
  void learn(const PlannedTrial& trial, double seconds);

 private:
  double seconds_;
  std::function<double()> clock_;
  RunEstimates estimates_;
  EpochsDone done_;
};

}  // namespace rnnbench
