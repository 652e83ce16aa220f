#include "harness/cli/parity_subjects.hpp"

#include <fmt/format.h>

#include <set>

#include "harness/cli/matrix_builder.hpp"
#include "harness/config/overrides.hpp"
#include "harness/config/recipe_library.hpp"
#include "harness/matrix/expander.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

ParitySubject read_spec(SettingsTree tree, const fs::path& file, const std::vector<std::string>& overrides) {
  for (const std::string& override : overrides) {
    const Assignment assignment = parse_override(override);
    assign(tree.values, assignment);
    tree.origins.insert_or_assign(assignment.path, assignment.origin);
  }
  SettingsReader reader(tree.values, "", tree.origins);
  ParitySubject subject{file.string(), {}};
  subject.trial.model = read_model_spec(reader.table("model"));
  subject.trial.training = read_training_spec(reader.table("training"));
  reader.finish();

  subject.trial.data.set = "toy";
  RecipeLibrary recipes({recipes_folder()});
  const SettingsTree& recipe = recipes.load("toy", "parity");
  subject.trial.recipe = read_recipe(SettingsReader(recipe.values, "", recipe.origins));
  return subject;
}

/// The cells that differ in more than engine, device and what a training run is measured by.
std::vector<ParitySubject> read_cells(const fs::path& file, const std::vector<std::string>& overrides) {
  const ExperimentFile experiment = read_experiment(file, overrides, recipes_folder());
  const std::vector<std::string> engines = engine_names();
  std::vector<ParitySubject> subjects;
  std::set<std::string> seen;
  for (const MatrixCell& cell : expand(experiment)) {
    TrialSpec trial = read_trial_spec(cell.settings, *cell.origins, engines);
    if (trial.data.set.empty() || trial.is_baseline()) continue;  // it has no model
    const Json identity = {to_json(trial.model), to_json(trial.data), to_json(trial.recipe)};
    if (!seen.insert(identity.dump()).second) continue;
    std::string label = file.string();
    for (const auto* values : {&cell.axis_values, &cell.included_values}) {
      for (const auto& [path, value] : *values) {
        if (path != "engine" && path != "device") label += fmt::format(", {}={}", path, value);
      }
    }
    subjects.push_back({std::move(label), std::move(trial)});
  }
  return subjects;
}

}  // namespace

std::vector<ParitySubject> parity_subjects(const fs::path& file, const std::vector<std::string>& overrides) {
  SettingsTree tree = read_toml(file);
  if (tree.values.contains("schema")) return read_cells(file, overrides);
  return {read_spec(std::move(tree), file, overrides)};
}

}  // namespace rnnbench
