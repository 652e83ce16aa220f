#include "harness/runner/budget.hpp"

#include <utility>

namespace rnnbench {

double share_left(const PlannedTrial& trial, std::uint64_t seed, const EpochsDone& done) {
  const auto found = done.find({trial.record.key, seed});
  const int epochs = trial.spec.training.epochs;
  if (found == done.end() || found->second >= epochs) return 1;
  return 1 - static_cast<double>(found->second) / epochs;
}

Budget::Budget(double seconds, std::function<double()> clock, RunEstimates estimates, EpochsDone done)
    : seconds_(seconds), clock_(std::move(clock)), estimates_(std::move(estimates)), done_(std::move(done)) {}

bool Budget::allows(const PlannedTrial& trial, std::uint64_t seed) const {
  const double now = clock_();
  const auto expected = estimate(trial, seed);
  return now < seconds_ && (!expected || now + expected->seconds <= seconds_);
}

std::optional<RunEstimate> Budget::estimate(const PlannedTrial& trial, std::uint64_t seed) const {
  auto whole = estimates_.of(trial.record.key, run_size(trial.spec));
  if (whole) whole->seconds *= share_left(trial, seed, done_);
  return whole;
}

void Budget::learn(const PlannedTrial& trial, double seconds) {
  estimates_.add({trial.record.key, run_size(trial.spec), 1, seconds});
}

}  // namespace rnnbench
