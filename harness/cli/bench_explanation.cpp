#include "harness/cli/bench_explanation.hpp"

#include <fmt/format.h>

#include <string>

#include "harness/model/arithmetic.hpp"

namespace rnnbench {

namespace {

/// To four digits.
double rounded(double value) { return value == 0 ? 0 : std::stod(fmt::format("{:.4g}", value)); }

}  // namespace

Table explanation_table() {
  return {{"model", "engine", "batch", "of a step", "MFLOP", "% of what is written", "MB", "how"}, {}};
}

void add_explanation(Table& table, const ExplainedSide& side, const TrialSpec& trial,
                     const std::optional<StepExplanation>& explanation) {
  constexpr double kMega = 1e6;
  const double written = explanation
                             ? explanation->written
                             : step_operations(trial.model, trial.training.batch, trial.recipe.length);
  const std::string batch =
      fmt::format("{} × {}, {}", trial.training.batch, trial.recipe.length, side.tokens);
  const auto add = [&](const std::string& what, double operations, TableCell bytes, std::string how) {
    table.rows.push_back({side.model, side.engine, batch, what, rounded(operations / kMega),
                          rounded(100 * operations / written), std::move(bytes), std::move(how)});
  };
  add("as written", written, {}, "");
  if (!explanation) return;
  for (const ShortcutUse& use : explanation->shortcuts) {
    add("saved by " + use.name, -use.operations, {},
        fmt::format("{:.0f} of {:.0f} {}", use.done, use.asked, use.unit));
  }
  for (const PhaseWork& phase : explanation->phases) {
    add(phase.phase, phase.operations, rounded(phase.bytes / kMega), "");
  }
  add("needed", explanation->operations(), {}, "");
}

}  // namespace rnnbench
