#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/statistics/sample.hpp"
#include "results/query/figure_data.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// A difference, the bounds of its 95 % interval, and p adjusted over the table.
struct EffectEstimate {
  double value = 0;
  Interval interval;
  double p = 1;
};

/// What going from one level of an axis to another does, averaged over the rest of the matrix; of an
/// interaction, how much more it does at one level of a second axis than at another.
struct Effect {
  std::string what;  ///< "cell: lstm for rnn", "cell: lstm for rnn × length: 200 for 100"
  bool is_interaction = false;
  std::int64_t sets = 0;                   ///< matched trials: pairs, of an interaction fours
  std::int64_t seeds = 0;                  ///< that all of them have finished
  std::optional<EffectEstimate> accuracy;  ///< points of test accuracy
  std::optional<EffectEstimate> seconds;   ///< factor on training seconds, 1: none
  std::string why_not;                     ///< where there is no estimate
};

/// Main effects of all axes of a matrix and their interactions by two. A level is held against the axis'
/// first one, over all trials that differ in nothing else; a seed is a replicate, its value the mean over
/// these trials, so that the interval is Student's of as many values as there are seeds (Montgomery 2017,
/// "Design and Analysis of Experiments", chapter 5, with the seed as block). p is two-sided, by Holm over all
/// effects of one measure. Axes that are nowhere crossed give none.
std::vector<Effect> effects_of(const FigureData& data);

/// effect, sets, seeds, points, low, high, p, times as long, its low and high, p.
Table effects_table(const std::vector<Effect>& effects);

}  // namespace rnnbench
