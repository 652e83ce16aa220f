#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/core/claim.hpp"
#include "harness/statistics/sample.hpp"

namespace rnnbench {

enum class ClaimOutcome { kReproduced, kNotReproduced, kInconclusive };
/// "REPRODUCED", "NOT REPRODUCED", "INCONCLUSIVE"
const char* name_of(ClaimOutcome outcome);

/// What runs with several seeds say of a reported figure. Bounds are in the figure's unit.
struct ClaimVerdict {
  ClaimOutcome outcome = ClaimOutcome::kInconclusive;
  std::int64_t n = 0;
  std::int64_t at_chance = 0;
  std::int64_t failed = 0;
  double centre = 0;      ///< mean of the runs; the median where `by_order`; NaN of no run
  bool by_order = false;  ///< some runs stayed at chance: order statistics in the place of Student's t
  std::optional<Interval> interval;     ///< of the true centre, 95 %
  std::optional<Interval> prediction;   ///< where one more run lies: 95 %; by order the runs' own range
  double prediction_confidence = 0.95;  ///< of the range: (n − 1) / (n + 1)
  std::int64_t runs_needed = 0;         ///< in all, that are expected to decide; 0: decided, or not known
  std::string reason;                   ///< one sentence
};

/// The rule, fixed before the runs. The reported value is known to half a unit of its last digit, and is
/// itself one run.
///
///   REPRODUCED      the 95 % interval of our centre lies within the margin of the reported value, and the
///   value where one
///                   more run would lie
///   NOT REPRODUCED  the interval lies wholly outside the margin
///   INCONCLUSIVE    else; `runs_needed` is what would make the interval narrow enough, by
///   runs_for_precision()
///
/// Runs at chance level (`at_chance` of them) are not dropped. Where there are any, the runs are of two
/// kinds, and a mean with Student's t says nothing: the centre is then the median and the bounds are order
/// statistics (see median_interval(): from 6 runs on).
ClaimVerdict judge_claim(const ReportedFigure& figure, std::span<const double> values, std::int64_t at_chance,
                         std::int64_t failed = 0);

/// Whether a value that is known to half of `rounding` can lie within.
bool may_lie_within(const Interval& interval, double value, double rounding);

}  // namespace rnnbench
