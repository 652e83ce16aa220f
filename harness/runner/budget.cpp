#include "harness/runner/budget.hpp"

#include <utility>

namespace rnnbench {

Budget::Budget(double seconds, std::function<double()> clock, RunEstimates estimates)
    : seconds_(seconds), clock_(std::move(clock)), estimates_(std::move(estimates)) {}

bool Budget::allows(const PlannedTrial& trial) const {
  const double now = clock_();
  const auto expected = estimate(trial);
  return now < seconds_ && (!expected || now + expected->seconds <= seconds_);
}

std::optional<RunEstimate> Budget::estimate(const PlannedTrial& trial) const {
  return estimates_.of(trial.record.key, run_size(trial.spec));
}

void Budget::learn(const PlannedTrial& trial, double seconds) {
  estimates_.add({trial.record.key, run_size(trial.spec), 1, seconds});
}

}  // namespace rnnbench
