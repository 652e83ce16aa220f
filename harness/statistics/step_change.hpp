#pragma once

#include <cstdint>

#include "harness/statistics/sample.hpp"

namespace rnnbench {

/// Where the values of a history, oldest first, stepped from one level to another.
struct StepChange {
  std::int64_t n = 0;
  std::size_t begins_at = 0;  ///< index of the first value after the step, from 0
  double before = 0;          ///< median of the values before it
  double after = 0;           ///< and from it on
  double statistic = 0;       ///< K
  double p = 1;               ///< of the hypothesis that nothing changed
};

/// The test of Pettitt 1979, "A non-parametric approach to the change-point problem": of all splits in two
/// the one where the ranks differ most, K = max |2 · (sum of the first i ranks) − i (n + 1)|. p is the share
/// of `draws` random orders of the same values whose K is as large, the order that was seen counted with them
/// (Phipson and Smyth 2010): exact in level at any n and with ties, unlike Pettitt's approximation. It finds
/// one step; of several, the one that splits best. Refused below 8 values, where no order would reach 5 %,
/// and where all values are alike.
Finding<StepChange> step_change(std::span<const double> history, int draws = 1999, std::uint64_t seed = 1);

}  // namespace rnnbench
