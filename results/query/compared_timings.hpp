#pragma once

#include <string>
#include <vector>

#include "results/query/compared_runs.hpp"

namespace rnnbench {

struct ComparedTimings {
  std::vector<double> first_seconds;  ///< in pairs
  std::vector<double> second_seconds;
  std::string flaw;  ///< why there are none, with the remedy; "" where that is only that none were taken
};

/// Median step times of the finished runs of two subjects, in pairs; see compared_runs(). `time_them`: the
/// command that takes them in turns.
ComparedTimings compared_timings(const JudgedSubject& first, const JudgedSubject& second,
                                 const std::string& time_them);

}  // namespace rnnbench
