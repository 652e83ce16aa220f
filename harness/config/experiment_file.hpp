#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/config/cell_patterns.hpp"
#include "harness/config/matrix_axes.hpp"
#include "harness/config/seed_sets.hpp"
#include "harness/config/setting_path.hpp"
#include "harness/config/toml_reader.hpp"
#include "harness/core/claim.hpp"

namespace rnnbench {

/// An experiment as written, checked as far as that goes without knowing what the settings mean.
struct ExperimentFile {
  std::string name;
  std::string question;
  std::vector<std::string> tags;  ///< distinct
  std::string note;
  std::optional<Claim> claim;         ///< what it repeats
  std::optional<BesideClaim> beside;  ///< the claim that it stands beside, and what for
  /// Of the file and, as comments in it, of those that it extends: enough to read it again.
  std::string text;
  std::vector<std::uint64_t> seeds;        ///< distinct, in the file's order
  SeedSets seed_sets;                      ///< for --seeds NAME
  SettingsTree settings;                   ///< see trial_tables.hpp: what all cells start from
  std::vector<Assignment> overrides;       ///< of trial settings, from --set; they win over all but an axis,
                                           ///< whose values they have replaced already
  std::vector<MatrixAxis> axes;            ///< of [axes], then of each [[zip]], in the file's order
  std::vector<ConditionalSettings> whens;  ///< in the file's order; later ones win
  std::vector<CellPattern> excludes;
  std::vector<CellPattern> includes;
  std::vector<std::filesystem::path> recipe_folders;  ///< in the order they are searched
  SettingsTree slurm;  ///< the table [slurm], for those who hand the runs to a cluster; no setting of a trial
};

/// Reads an experiment file and those that it extends. `overrides` are the KEY=VALUE of --set. Recipes are
/// looked for in the folder `recipes` beside the file, beside those, then in `recipes_folder`. Throws
/// ConfigError for malformed TOML, unknown top-level keys, and anything missing, empty, repeated or out of
/// range; EnvironmentError where the file can't be read.
ExperimentFile read_experiment(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                               const std::filesystem::path& recipes_folder);

/// The same of a text; `path` is for messages and the recipes beside it.
ExperimentFile parse_experiment(const std::string& text, const std::filesystem::path& path,
                                const std::vector<std::string>& overrides,
                                const std::filesystem::path& recipes_folder);

}  // namespace rnnbench
