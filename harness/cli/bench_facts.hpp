#pragma once

#include <vector>

#include "harness/core/records.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// What this machine can do with so many threads, measured now, and what a step of the trial asks of it, as
/// metrics: "clock_resolution", "clock_reading" [nanoseconds], "multiply_add_peak" [operations/s],
/// "bandwidth_l1" … "bandwidth_memory" [bytes/s], "step_operations". Takes about half a second.
std::vector<MetricRecord> bench_facts(const TrialSpec& trial, int threads);

}  // namespace rnnbench
