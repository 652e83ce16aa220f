#pragma once

#include <optional>
#include <string>

#include "harness/model/step_explanation.hpp"
#include "harness/runner/trial_spec.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// Whose step is explained.
struct ExplainedSide {
  std::string model, engine;
  std::string tokens;  ///< "imdb", or "drawn" at random
};

/// A row a shortcut and a phase, without rows.
Table explanation_table();

/// Adds what a step comes to; one row where the engine takes it as written.
void add_explanation(Table& table, const ExplainedSide& side, const TrialSpec& trial,
                     const std::optional<StepExplanation>& explanation);

}  // namespace rnnbench
