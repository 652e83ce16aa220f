#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "results/query/database.hpp"

namespace rnnbench {

/// Why the times of a phase can't be trusted, by phase: "run 3, phase step, epoch 2: the clock went back in 1
/// of 3 samples"; see clock_problem() of harness/measure/noise.hpp. A round of a bench is an epoch. A phase
/// without an entry has no problem.
using ClockProblems = std::map<std::string, std::string>;

/// "run 3, phase step, epoch 2: `problem`".
std::string clock_problem_text(std::int64_t run, const std::string& phase, std::int64_t epoch,
                               const std::string& problem);

/// By run, of the phases named, on the host's clock and without warm-up; of several epochs the first. Samples
/// are read only where the smallest or the median of them shows that there may be a problem. Throws
/// StoreError.
std::map<std::int64_t, ClockProblems> clock_problems(Database& database,
                                                     const std::vector<std::int64_t>& runs,
                                                     const std::vector<std::string>& phases);

}  // namespace rnnbench
