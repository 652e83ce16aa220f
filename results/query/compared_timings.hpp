#pragma once

#include <limits>
#include <string>
#include <vector>

#include "results/query/compared_runs.hpp"

namespace rnnbench {

struct ComparedTimings {
  std::vector<double> first_seconds;  ///< in pairs
  std::vector<double> second_seconds;
  /// Of the same pairs, where they are of seeds: the median of the control's ratios, second / first; NaN:
  /// none of both.
  double control_ratio = std::numeric_limits<double>::quiet_NaN();
  std::string flaw;  ///< why there are none, with the remedy; "" where that is only that none were taken
};

/// Median step times of the finished runs of two subjects, in pairs; see compared_runs(). `time_them`: the
/// command that takes them in turns.
ComparedTimings compared_timings(const JudgedSubject& first, const JudgedSubject& second,
                                 const std::string& time_them);

}  // namespace rnnbench
