#include "harness/cli/matrix_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <limits>
#include <map>
#include <string_view>

#include "harness/cli/device_memory.hpp"
#include "harness/cli/installation.hpp"
#include "harness/cli/token_shelf.hpp"
#include "harness/cli/trial_vectors.hpp"
#include "harness/config/experiment_labels.hpp"
#include "harness/config/seed_sets.hpp"
#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/encoder.hpp"
#include "harness/executor/submission.hpp"
#include "harness/matrix/expander.hpp"
#include "harness/matrix/trials.hpp"
#include "harness/measure/environment.hpp"
#include "harness/measure/memory_limit.hpp"
#include "impls/registry/registry.hpp"
#include "results/store/store.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

fs::path recipes_folder() {
  if (const char* given = std::getenv("RNNBENCH_RECIPES"); given != nullptr && *given != '\0') return given;
  return experiments_folder() / "recipes";
}

namespace {

/// What the command line changed, as comments under the file's text.
std::string changes_of(const MatrixOptions& options) {
  std::string text;
  for (const std::string& change : options.overrides) {
    if (!change.starts_with("slurm.")) text += fmt::format("# --set {}\n", change);
  }
  if (options.seeds) text += fmt::format("# --seeds {}\n", *options.seeds);
  return text.empty() ? text : "\n# Changed on the command line:\n" + text;
}

/// The file's, then those of the command line that are new.
std::vector<std::string> tags_of(const ExperimentFile& file, const MatrixOptions& options) {
  std::vector<std::string> tags = file.tags;
  for (const std::string& tag : options.tags) {
    require_tag(tag, "--tag");
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  }
  return tags;
}

std::string note_of(const ExperimentFile& file, const MatrixOptions& options) {
  if (options.note) require_note(*options.note, "--note");
  return options.note.value_or(file.note);
}

}  // namespace

namespace {

/// Of the file's runs, a line each, those of the shard. Throws ConfigError where one is no run of the matrix
/// any more.
std::set<RunKey> runs_asked_for(const fs::path& file, const Shard& shard, const Matrix& matrix) {
  std::set<RunKey> all, asked;
  for (const PlannedTrial& trial : matrix.trials) {
    for (const std::uint64_t seed : matrix.seeds) all.insert({trial.record.key, seed});
  }
  std::size_t line = 0;
  for (const auto& [trial, seed] : read_runs_file(file)) {
    if (!shard.contains(line++)) continue;
    if (!all.contains({trial, seed})) {
      throw ConfigError(
          fmt::format("{}: the experiment has no trial {} with seed {} any more; it was changed since, or "
                      "the data or the "
                      "program here are others: begin again with it as it is",
                      file.string(), trial.substr(0, 8), seed));
    }
    asked.insert({trial, seed});
  }
  return asked;
}

}  // namespace

Matrix build_matrix(const fs::path& config, const MatrixOptions& options, const std::stop_token& stop) {
  const ExperimentFile file = read_experiment(config, options.overrides, recipes_folder());
  const std::vector<std::string> engines = engine_names();
  std::map<std::string, std::string> fingerprints;
  const auto fingerprint_of = [&](const std::string& set) -> const std::string& {
    auto [entry, is_new] = fingerprints.try_emplace(set);
    if (is_new) entry->second = data_fingerprint(find_data(set, options.data.path), stop);
    return entry->second;
  };

  Matrix matrix;
  matrix.experiment = {file.name, file.question, file.text + changes_of(options), tags_of(file, options),
                       note_of(file, options)};
  matrix.seeds =
      options.seeds ? seeds_of(*options.seeds, file.seed_sets, "--seeds " + *options.seeds) : file.seeds;
  const Shard shard = options.shard ? parse_shard(*options.shard, "--shard") : Shard();
  std::deque<TrialSpec> specs;  // large: they stay where they are made
  std::vector<Trial> trials = make_trials(file, [&](const MatrixCell& cell) {
    specs.push_back(read_trial_spec(cell.settings, *cell.origins, engines));
    TrialSpec& spec = specs.back();
    identify_vectors(spec, options.vectors, stop);
    if (spec.is_command()) identify_files(spec.command);
    return canonical_settings(spec, spec.data.set.empty() ? "" : fingerprint_of(spec.data.set));
  });
  matrix.trials.reserve(trials.size());
  for (Trial& trial : trials) {
    TrialRecord record = trial_record(specs.front(), "", "");
    record.key = std::move(trial.key);
    record.settings = std::move(trial.text);
    matrix.trials.push_back({std::move(specs.front()), std::move(record), label(trial.cell)});
    specs.pop_front();
  }
  if (options.runs) {
    matrix.only = runs_asked_for(*options.runs, shard, matrix);
  } else {
    matrix.shard = shard;
  }
  return matrix;
}

std::string obstacle_of(const TrialSpec& trial, const VectorsOption& vectors) {
  if (trial.is_command()) return command_obstacle(trial.command);
  if (trial.is_baseline()) return baseline_obstacle(trial.engine, trial.device);
  if (std::string why = engine_obstacle(trial.engine, trial.model, trial.training, trial.device);
      !why.empty()) {
    return why;
  }
  if (std::string why = vectors_obstacle(trial, vectors); !why.empty()) return why;
  static const double kLimit = memory_limit();
  return device_memory_obstacle(trial, kLimit, cuda_driver());
}

namespace {

/// Encoded data by trial; keeps the last few, since trials that share them come in any order. They are mapped
/// files, whose pages the system takes back where it needs them.
class DataShelf {
 public:
  DataShelf(DataOption option, std::stop_token stop) : option_(std::move(option)), stop_(std::move(stop)) {}

  EncodedData load(const TrialSpec& trial) {
    std::string key = to_json(trial.data).dump() + to_json(trial.recipe).dump();
    const auto kept =
        std::find_if(kept_.begin(), kept_.end(), [&](const auto& entry) { return entry.first == key; });
    if (kept != kept_.end()) return kept->second;
    EncodeTimes times;
    EncodedData data =
        load_encoded(find_data(trial.data.set, option_.path), trial.data, trial.recipe, stop_, &times);
    if (!times.note.empty()) fmt::print(stderr, "\n{}\n", times.note);
    if (kept_.size() == kMost) kept_.pop_front();
    kept_.emplace_back(std::move(key), data);
    return data;
  }

 private:
  DataOption option_;
  std::stop_token stop_;
  static constexpr std::size_t kMost = 8;
  std::deque<std::pair<std::string, EncodedData>> kept_;  ///< the newest last
};

/// See docs/runs.md.
double checkpoint_seconds() {
  const char* given = std::getenv("RNNBENCH_CHECKPOINT_SECONDS");
  if (given == nullptr || *given == '\0') return RunServices{}.checkpoint_seconds;
  if (std::string_view(given) == "never") return std::numeric_limits<double>::infinity();
  char* end = nullptr;
  const double seconds = std::strtod(given, &end);
  if (*end != '\0' || !(seconds >= 0)) {
    throw ConfigError(fmt::format(
        "RNNBENCH_CHECKPOINT_SECONDS is '{}'; give a number of seconds from 0 up, or never", given));
  }
  return seconds;
}

}  // namespace

RunServices real_services(const fs::path& database, const DataOption& data, const VectorsOption& vectors,
                          const std::stop_token& stop) {
  RunServices services;
  auto shelf = std::make_shared<DataShelf>(data, stop);
  services.load_data = [shelf](const TrialSpec& trial) { return shelf->load(trial); };
  services.load_tokens = [tokens = std::make_shared<TokenShelf>(data, stop)](const TrialSpec& trial) {
    return tokens->load(trial);
  };
  services.given_vectors = vectors_service(vectors, stop);
  services.obstacle = [vectors](const TrialSpec& trial) { return obstacle_of(trial, vectors); };
  services.make_engine = [](const std::string& name, const EngineSetup& setup) {
    return make_engine(name, setup);
  };
  services.make_baseline = [](const std::string& name, const BaselineSetup& setup) {
    return make_baseline(name, setup);
  };
  services.read_machine = [] { return read_machine(); };
  services.read_control = [control = std::make_shared<PacedControl>()] { return control->read(); };
  services.environment = capture_environment();
  services.environment["libraries"]["sqlite"] = sqlite_version();
  services.artifact_root = database.has_parent_path() ? database.parent_path() : fs::path(".");
  services.artifact_folder = database.stem().string() + ".files";
  services.stop = stop;
  services.checkpoint_seconds = checkpoint_seconds();
  return services;
}

}  // namespace rnnbench
