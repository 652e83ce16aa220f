#include "harness/config/experiment_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/config/claim_tables.hpp"
#include "harness/config/experiment_labels.hpp"
#include "harness/config/extends.hpp"
#include "harness/config/overrides.hpp"
#include "harness/config/trial_tables.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/records.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

bool is_in(const std::string& word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Puts the overrides of the experiment's own keys into the tree; gives the others, of trial settings.
std::vector<Assignment> apply_overrides(SettingsTree& tree, const std::vector<std::string>& overrides) {
  const std::vector<std::string> own = {"name", "question", "seeds", "tags", "note"};
  std::vector<Assignment> of_trials;
  for (const std::string& text : overrides) {
    Assignment assignment = parse_override(text);
    if (is_in(assignment.path, own) || lies_within(assignment.path, "slurm")) {
      tree.origins.insert_or_assign(assignment.path, assignment.origin);
      assign(tree.values, assignment);
    } else {
      require_trial_setting(assignment);
      of_trials.push_back(std::move(assignment));
    }
  }
  return of_trials;
}

void refuse_unknown_keys(SettingsReader reader) {
  for (const char* key : {"schema", "extends", "name", "question", "tags", "note", "seeds", "seed_sets",
                          "axes", "zip", "when", "exclude", "include", "claim", "beside", "slurm"}) {
    reader.has(key);
  }
  for (const std::string& key : trial_tables()) reader.has(key);
  reader.finish();
}

std::string read_name(SettingsReader& reader) {
  std::string name = reader.text("name");
  const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (name.empty() || name.size() > 100 || !plain) {
    reader.fail("name",
                "use lower-case letters, digits and '-', at most 100 of them, as in \"first-matrix\"");
  }
  if (name == kBenchExperiment || name == kImportExperiment) {
    reader.fail("name", fmt::format("'{}' is the name of what `rnnbench {}` records; take another one", name,
                                    name == kBenchExperiment ? "bench" : "import"));
  }
  return name;
}

}  // namespace

ExperimentFile parse_experiment(const std::string& text, const fs::path& path,
                                const std::vector<std::string>& overrides, const fs::path& recipes_folder) {
  ExtendedFile file = read_extended(text, path);
  SettingsTree& tree = file.tree;
  ExperimentFile experiment;
  experiment.text = std::move(file.text);
  for (const fs::path& folder : file.folders) experiment.recipe_folders.push_back(folder / "recipes");
  experiment.recipe_folders.push_back(recipes_folder);
  experiment.overrides = apply_overrides(tree, overrides);

  SettingsReader reader(tree.values, "", tree.origins);
  refuse_unknown_keys(reader);
  experiment.name = read_name(reader);
  experiment.question = reader.text("question");
  experiment.tags = read_tags(reader);
  experiment.note = read_note(reader);
  experiment.claim = read_claim(reader);
  experiment.beside = read_beside(reader);
  experiment.seed_sets = read_seed_sets(reader);
  experiment.seeds = read_seeds(reader, experiment.seed_sets);
  experiment.axes = read_axes(reader, tree);
  experiment.whens = read_whens(reader, tree, experiment.axes);
  override_axes(experiment.axes, experiment.overrides);
  experiment.excludes = read_patterns(reader, tree, "exclude");
  experiment.includes = read_patterns(reader, tree, "include");

  for (const std::string& table : trial_tables()) {
    if (tree.values.contains(table)) experiment.settings.values[table] = std::move(tree.values[table]);
  }
  if (tree.values.contains("slurm")) experiment.slurm = {std::move(tree.values["slurm"]), tree.origins, {}};
  experiment.settings.origins = std::move(tree.origins);
  experiment.settings.written = std::move(tree.written);
  return experiment;
}

ExperimentFile read_experiment(const fs::path& path, const std::vector<std::string>& overrides,
                               const fs::path& recipes_folder) {
  std::error_code unknown;
  if (!fs::is_regular_file(path, unknown)) {
    throw ConfigError(fmt::format("{}: no such file; give an experiment file, such as experiments/quick.toml",
                                  path.string()));
  }
  return parse_experiment(read_file(path), path, overrides, recipes_folder);
}

}  // namespace rnnbench
