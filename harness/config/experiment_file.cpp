#include "harness/config/experiment_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/config/overrides.hpp"
#include "harness/config/seed_list.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const std::string& origin, const std::string& path, const std::string& what) {
  throw ConfigError(fmt::format("{}: {}: {}", origin, path, what));
}

bool is_in(const std::string& word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string first_key(const std::string& path) { return path.substr(0, path.find('.')); }

/// Its origin is set and its path begins with a table of trials.
void require_trial_setting(const Assignment& assignment) {
  const std::string first = first_key(assignment.path);
  if (!is_in(first, trial_tables())) {
    fail(assignment.origin, assignment.path,
         fmt::format("'{}' is no setting of a trial{}", first, suggestion(first, trial_tables())));
  }
}

/// Puts the overrides of the experiment's own keys into the tree; gives the others, of trial settings.
std::vector<Assignment> apply_overrides(SettingsTree& tree, const std::vector<std::string>& overrides) {
  const std::vector<std::string> own = {"name", "question", "seeds"};
  std::vector<Assignment> of_trials;
  for (const std::string& text : overrides) {
    Assignment assignment = parse_override(text);
    if (is_in(assignment.path, own)) {
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
  for (const char* key : {"schema", "name", "question", "seeds", "axes", "exclude", "include"})
    reader.has(key);
  for (const std::string& key : trial_tables()) reader.has(key);
  reader.finish();
}

void require_schema(SettingsReader& reader) {
  if (reader.value("schema") != Json(1)) {
    reader.fail("schema", "this program reads schema = 1; a newer file needs a newer program");
  }
}

std::string read_name(SettingsReader& reader) {
  std::string name = reader.text("name");
  const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (name.empty() || name.size() > 100 || !plain) {
    reader.fail("name",
                "use lower-case letters, digits and '-', at most 100 of them, as in \"first-matrix\"");
  }
  return name;
}

std::vector<std::uint64_t> read_seeds(SettingsReader& reader) {
  const std::string expected =
      fmt::format("give a list of whole numbers from 0 to {}, as in [1, 2, 3]", kLargestSeed);
  const Json& list = reader.value("seeds");
  if (!list.is_array() || list.empty()) reader.fail("seeds", expected);
  std::vector<std::uint64_t> seeds;
  for (const Json& seed : list) {
    const bool fits = seed.is_number_integer() && seed >= Json(0) && seed <= Json(kLargestSeed);
    if (!fits) reader.fail("seeds", fmt::format("{} is no seed; {}", seed.dump(), expected));
    seeds.push_back(seed.get<std::uint64_t>());
  }
  if (const auto* twice = repeated_seed(seeds)) {
    reader.fail("seeds", fmt::format("{} stands there twice; take one out", *twice));
  }
  return seeds;
}

MatrixAxis read_axis(const Assignment& written) {
  require_trial_setting(written);
  if (!written.value.is_array() || written.value.empty()) {
    fail(written.origin, written.path, "an axis needs a list of at least one value, as in [100, 200]");
  }
  const Json& values = written.value;
  for (auto value = values.begin(); value != values.end(); ++value) {
    if (std::find(values.begin(), value, *value) != value) {
      fail(written.origin, written.path, fmt::format("{} stands there twice; take one out", value->dump()));
    }
  }
  return {written.path, {values.begin(), values.end()}, written.origin};
}

void refuse_overlaps(const std::vector<MatrixAxis>& axes) {
  for (const MatrixAxis& axis : axes) {
    for (const MatrixAxis& other : axes) {
      if (&axis == &other || !lies_within(axis.path, other.path)) continue;
      fail(axis.origin, axis.path,
           axis.path == other.path
               ? fmt::format("this axis stands at {} too; take one out", other.origin)
               : fmt::format("lies within the axis {} at {}; take one out", other.path, other.origin));
    }
  }
}

std::vector<MatrixAxis> read_axes(SettingsReader& reader, const SettingsTree& tree) {
  if (!reader.has("axes")) return {};
  reader.table("axes");
  std::vector<Assignment> written = flatten(tree.values.at("axes"), "axes", tree.origins);
  const auto order = [&](const Assignment& axis) {
    return std::find(tree.written.begin(), tree.written.end(), "axes." + axis.path);
  };
  std::stable_sort(written.begin(), written.end(),
                   [&](const Assignment& a, const Assignment& b) { return order(a) < order(b); });
  std::vector<MatrixAxis> axes;
  for (const Assignment& each : written) axes.push_back(read_axis(each));
  refuse_overlaps(axes);
  return axes;
}

void override_axes(std::vector<MatrixAxis>& axes, const std::vector<Assignment>& overrides) {
  for (const Assignment& override : overrides) {
    for (MatrixAxis& axis : axes) {
      if (axis.path == override.path) {
        axis.values = {override.value};
        axis.origin = override.origin;
      } else if (lies_within(override.path, axis.path)) {
        throw ConfigError(
            fmt::format("{}: lies within the axis {} at {}; set the whole axis to one value instead",
                        override.origin, axis.path, axis.origin));
      }
    }
  }
}

std::vector<CellPattern> read_patterns(SettingsReader& reader, const SettingsTree& tree,
                                       const std::string& key) {
  std::vector<CellPattern> patterns;
  for (const SettingsReader& table : reader.tables(key)) {
    CellPattern pattern{flatten(*find_setting(tree.values, table.path()), table.path(), tree.origins),
                        tree.origins.at(table.path())};
    if (pattern.settings.empty())
      fail(pattern.origin, key, "gives no setting; give at least one or take it out");
    for (const Assignment& setting : pattern.settings) require_trial_setting(setting);
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace

const std::vector<std::string>& trial_tables() {
  static const std::vector<std::string> tables = {"engine", "device",   "data",       "recipe",
                                                  "model",  "training", "evaluation", "command"};
  return tables;
}

ExperimentFile parse_experiment(const std::string& text, const fs::path& path,
                                const std::vector<std::string>& overrides, const fs::path& recipes_folder) {
  SettingsTree tree = parse_toml(text, path.string());
  ExperimentFile experiment;
  experiment.text = text;
  experiment.recipe_folders = {path.parent_path() / "recipes", recipes_folder};
  experiment.overrides = apply_overrides(tree, overrides);

  SettingsReader reader(tree.values, "", tree.origins);
  refuse_unknown_keys(reader);
  require_schema(reader);
  experiment.name = read_name(reader);
  experiment.question = reader.text("question");
  experiment.seeds = read_seeds(reader);
  experiment.axes = read_axes(reader, tree);
  override_axes(experiment.axes, experiment.overrides);
  experiment.excludes = read_patterns(reader, tree, "exclude");
  experiment.includes = read_patterns(reader, tree, "include");

  for (const std::string& table : trial_tables()) {
    if (tree.values.contains(table)) experiment.settings.values[table] = std::move(tree.values[table]);
  }
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
