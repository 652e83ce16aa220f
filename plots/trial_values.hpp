#pragma once

#include <vector>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// The test accuracies of a trial's finished runs, in percent, in the order of their seeds.
std::vector<double> test_percents(const TrialData& trial);

/// Whether the trial has such a run.
bool has_test_accuracy(const TrialData& trial);

/// Of each finished run that has any, the median duration of a phase [ns].
std::vector<double> median_phases(const TrialData& trial, const char* phase);

}  // namespace rnnbench
