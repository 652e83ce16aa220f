#include "plots/trial_values.hpp"

#include <cmath>

#include "harness/core/median.hpp"

namespace rnnbench {

std::vector<double> test_percents(const TrialData& trial) {
  std::vector<double> percents;
  for (const RunData& run : trial.runs) {
    const bool counts = run.status == "finished" && std::isfinite(run.test_accuracy);
    if (counts) percents.push_back(100 * run.test_accuracy);
  }
  return percents;
}

bool has_test_accuracy(const TrialData& trial) { return !test_percents(trial).empty(); }

std::vector<double> median_phases(const TrialData& trial, const char* phase) {
  std::vector<double> medians;
  for (const RunData& run : trial.runs) {
    const std::vector<std::int64_t> samples = phase_samples(run, phase);
    if (run.status == "finished" && !samples.empty()) medians.push_back(median_of(samples));
  }
  return medians;
}

}  // namespace rnnbench
