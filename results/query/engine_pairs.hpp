#pragma once

#include <utility>
#include <vector>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// The finished runs of a trial, called `label`, as something to judge.
Subject trial_subject(const TrialData& trial, const std::string& label);

/// Two trials that differ only in their engine and have finished runs, by their places.
using TrialPair = std::pair<std::size_t, std::size_t>;

/// In the order of their places.
std::vector<TrialPair> engine_pairs(const std::vector<TrialData>& trials);

/// The verdict on each of engine_pairs(), the second against the first, p values adjusted over all of them;
/// as `compare` judges them. Throws StoreError.
std::vector<SubjectVerdict> judge_engines(Database& database, const std::vector<TrialData>& trials);

}  // namespace rnnbench
