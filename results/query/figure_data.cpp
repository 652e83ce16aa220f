#include "results/query/figure_data.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/metrics/metric.hpp"
#include "results/query/database.hpp"
#include "results/store/blob.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

double number_or_nan(const SQLite::Column& column) {
  return column.isNull() ? std::numeric_limits<double>::quiet_NaN() : column.getDouble();
}

std::vector<ExperimentData> load_experiments(SQLite::Database& database) {
  std::vector<ExperimentData> experiments;
  SQLite::Statement query(database,
                          "SELECT id, name, question, config FROM experiments ORDER BY created, id");
  while (query.executeStep()) {
    experiments.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                           query.getColumn(2).getString(), query.getColumn(3).getString()});
  }
  return experiments;
}

/// The newest version of the experiment named, or the newest version of each.
std::vector<ExperimentData> choose_experiments(const std::vector<ExperimentData>& all,
                                               const std::optional<std::string>& name) {
  std::map<std::string, ExperimentData> newest;
  for (const ExperimentData& experiment : all) newest[experiment.name] = experiment;
  std::vector<ExperimentData> chosen;
  std::vector<std::string> known;
  for (const auto& [known_name, experiment] : newest) {
    known.push_back(known_name);
    if (!name || *name == known_name) chosen.push_back(experiment);
  }
  if (name && chosen.empty()) {
    throw ConfigError(fmt::format("no experiment '{}' in the database{}", *name, suggestion(*name, known)));
  }
  std::sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return chosen;
}

std::vector<Curve> load_curves(SQLite::Statement& query, std::int64_t run) {
  std::vector<Curve> curves;
  query.reset();
  query.bind(1, run);
  while (query.executeStep()) {
    const std::string name = query.getColumn(0).getString();
    const std::string split = query.getColumn(1).getString();
    if (curves.empty() || curves.back().name != name || curves.back().split != split) {
      curves.push_back({name, split, {}});
    }
    curves.back().points.push_back({query.getColumn(2).getInt(), number_or_nan(query.getColumn(3))});
  }
  return curves;
}

template <typename Number>
std::vector<Number> decode(const SQLite::Column& column) {
  return from_blob<Number>(
      {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())});
}

std::vector<PhaseSamples> load_timings(SQLite::Statement& query, std::int64_t run) {
  std::vector<PhaseSamples> timings;
  query.reset();
  query.bind(1, run);
  while (query.executeStep()) {
    timings.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
                       query.getColumn(2).getInt(), query.getColumn(3).getInt() != 0,
                       decode<std::int64_t>(query.getColumn(4))});
    const bool left_out = timings.back().samples_ns.empty() && query.getColumn(5).getInt64() > 0;
    if (!left_out) continue;
    timings.back().samples_ns = {query.getColumn(6).getInt64()};
    timings.back().is_median = true;
  }
  return timings;
}

/// What predictions say; groups of reviews are made once of each set of them.
class PredictionReader {
 public:
  explicit PredictionReader(SQLite::Database& database)
      : predictions_(database,
                     "SELECT labels, positive, digest FROM predictions JOIN review_sets ON digest = reviews "
                     "WHERE run_id = ? AND split = 'test'"),
        facts_(database, "SELECT words, ratings FROM review_facts WHERE digest = ?") {}

  std::optional<TestPredictions> load(std::int64_t run) {
    predictions_.reset();
    predictions_.bind(1, run);
    if (!predictions_.executeStep()) return std::nullopt;
    const auto labels = decode<std::uint8_t>(predictions_.getColumn(0));
    const auto positive = decode<float>(predictions_.getColumn(1));
    if (labels.empty() || labels.size() != positive.size() || has_nan(positive)) return std::nullopt;
    const Groups& groups = groups_of(predictions_.getColumn(2).getString(), labels.size());
    return TestPredictions{classification_report(positive, labels), reliability_bins(positive, labels),
                           accuracies_of(groups.by_length, positive, labels),
                           accuracies_of(groups.by_rating, positive, labels)};
  }

 private:
  struct Groups {
    std::vector<ReviewGroup> by_length, by_rating;
  };

  /// None where what is recorded isn't of as many reviews.
  const Groups& groups_of(const std::string& digest, std::size_t reviews) {
    const auto [found, is_new] = groups_.try_emplace(digest);
    if (!is_new) return found->second;
    facts_.reset();
    facts_.bind(1, digest);
    if (!facts_.executeStep()) return found->second;
    const auto words = decode<std::uint32_t>(facts_.getColumn(0));
    const auto ratings = decode<std::uint8_t>(facts_.getColumn(1));
    if (words.size() == reviews) found->second.by_length = groups_by_length(words);
    if (ratings.size() == reviews) found->second.by_rating = groups_by_rating(ratings);
    return found->second;
  }

  SQLite::Statement predictions_, facts_;
  std::map<std::string, Groups> groups_;
};

double last_finite(const std::vector<Curve>& curves, std::string_view name, std::string_view split) {
  for (const Curve& curve : curves) {
    if (curve.name == name && curve.split == split && !curve.points.empty()) return curve.points.back().value;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// One run a seed: the newest finished one, else the newest.
std::vector<RunData> load_runs(SQLite::Database& database, std::int64_t trial,
                               PredictionReader& predictions) {
  std::map<std::uint64_t, RunData> by_seed;
  SQLite::Statement query(database,
                          "SELECT id, seed, environment_id, status, reason, coalesce(finished, ''), "
                          "train_seconds, engine_details, started FROM runs WHERE trial_id = ? ORDER BY id");
  query.bind(1, trial);
  while (query.executeStep()) {
    const auto seed = static_cast<std::uint64_t>(query.getColumn(1).getInt64());
    RunData run;
    run.id = query.getColumn(0).getInt64();
    run.seed = seed;
    run.environment = query.getColumn(2).getInt64();
    run.status = query.getColumn(3).getString();
    run.reason = query.getColumn(4).getString();
    run.finished = query.getColumn(5).getString();
    run.train_seconds = number_or_nan(query.getColumn(6));
    run.engine = query.getColumn(7).getString();
    run.started = query.getColumn(8).getString();
    RunData& kept = by_seed[seed];
    if (run.status == "finished" || kept.status != "finished") kept = std::move(run);
  }

  SQLite::Statement curves(database,
                           "SELECT name, split, epoch, value FROM metrics WHERE run_id = ? AND step = -1 "
                           "ORDER BY name, split, epoch");
  SQLite::Statement timings(
      database,
      "SELECT phase, clock, epoch, warmup, samples, count, median_ns FROM timings WHERE run_id = ? "
      "ORDER BY phase, clock, epoch, warmup");
  std::vector<RunData> runs;
  for (auto& [seed, run] : by_seed) {
    run.curves = load_curves(curves, run.id);
    run.timings = load_timings(timings, run.id);
    if (run.status == "finished") run.predictions = predictions.load(run.id);
    run.test_accuracy = last_finite(run.curves, "accuracy", "test");
    runs.push_back(std::move(run));
  }
  return runs;
}

std::vector<TrialData> load_trials(SQLite::Database& database,
                                   const std::vector<ExperimentData>& experiments) {
  std::vector<TrialData> trials;
  std::set<std::int64_t> seen;
  PredictionReader predictions(database);
  SQLite::Statement query(
      database,
      "SELECT id, key, settings, engine, cell, device, data_set, recipe, vocabulary, length "
      "FROM trials JOIN experiment_trials ON trial_id = id WHERE experiment_id = ? "
      "ORDER BY position, id");
  for (const ExperimentData& experiment : experiments) {
    query.reset();
    query.bind(1, experiment.id);
    while (query.executeStep()) {
      const std::int64_t id = query.getColumn(0).getInt64();
      if (!seen.insert(id).second) continue;
      trials.push_back({query.getColumn(1).getString(), query.getColumn(2).getString(),
                        query.getColumn(3).getString(), query.getColumn(4).getString(),
                        query.getColumn(5).getString(), query.getColumn(6).getString(),
                        query.getColumn(7).getString(), query.getColumn(8).getInt(),
                        query.getColumn(9).getInt(), load_runs(database, id, predictions)});
    }
  }
  return trials;
}

std::vector<EnvironmentData> load_environments(SQLite::Database& database,
                                               const std::vector<TrialData>& trials) {
  std::set<std::int64_t> used;
  for (const TrialData& trial : trials) {
    for (const RunData& run : trial.runs) used.insert(run.environment);
  }
  std::vector<EnvironmentData> environments;
  SQLite::Statement query(database, "SELECT id, content FROM environments ORDER BY id");
  while (query.executeStep()) {
    const std::int64_t id = query.getColumn(0).getInt64();
    if (used.contains(id)) environments.push_back({id, query.getColumn(1).getString()});
  }
  return environments;
}

/// Whether the command line changed nothing but who computes, and from which file of vectors, see
/// harness/cli/matrix_builder.cpp.
bool is_as_written(const std::string& config) {
  constexpr std::string_view kChange = "\n# --set ";
  for (std::size_t at = config.find(kChange); at != std::string::npos; at = config.find(kChange, at + 1)) {
    const std::string_view change = std::string_view(config).substr(at + kChange.size());
    const auto begins = [&](std::string_view key) { return change.starts_with(key); };
    if (!begins("engine=") && !begins("device=") && !begins("training.threads=") &&
        !begins("training.shards=") && !begins("model.embedding.vectors=")) {
      return false;
    }
  }
  return true;
}

/// What the trials of one version compute, whoever does it.
std::set<std::string> computed_by(SQLite::Database& database, std::int64_t experiment) {
  std::set<std::string> computed;
  SQLite::Statement query(
      database,
      "SELECT settings FROM trials JOIN experiment_trials ON trial_id = id WHERE experiment_id = ?");
  query.bind(1, experiment);
  while (query.executeStep()) computed.insert(what_is_computed(query.getColumn(0).getString()));
  return computed;
}

/// What `load` reads from one state of the database, whatever others write meanwhile: a statement that is
/// not at its end keeps SQLite's read transaction open for all statements of the connection.
template <typename Load>
auto from_one_state(Database& database, Load&& load) {
  return with_store_errors(database.path(), [&] {
    SQLite::Statement open(database.connection(), "SELECT name FROM sqlite_schema");
    open.executeStep();
    return load(database.connection());
  });
}

}  // namespace

std::vector<std::string> experiment_names(Database& database) {
  return from_one_state(database, [](SQLite::Database& connection) {
    std::vector<std::string> names;
    for (const ExperimentData& experiment : load_experiments(connection)) {
      std::erase(names, experiment.name);
      names.push_back(experiment.name);
    }
    return names;
  });
}

std::string what_is_computed(const std::string& trial_settings,
                             const std::vector<std::string>& but_of_training) {
  nlohmann::json settings = nlohmann::json::parse(trial_settings);
  for (const char* key : {"engine", "device"}) settings.erase(key);
  if (settings.contains("training")) {
    for (const char* key : {"threads", "shards"}) settings["training"].erase(key);
    for (const std::string& key : but_of_training) settings["training"].erase(key);
  }
  return settings.dump();
}

std::optional<FigureData> load_all_versions(Database& database, const std::string& experiment) {
  return from_one_state(database, [&](SQLite::Database& connection) -> std::optional<FigureData> {
    std::vector<ExperimentData> versions = load_experiments(connection);
    std::erase_if(versions,
                  [&](const auto& each) { return each.name != experiment || !is_as_written(each.config); });
    if (versions.empty()) return std::nullopt;
    FigureData data;
    data.experiments = {versions.back()};
    const std::set<std::string> wanted = computed_by(connection, data.experiments.front().id);
    std::reverse(versions.begin(), versions.end());
    data.trials = load_trials(connection, versions);
    std::erase_if(data.trials,
                  [&](const auto& trial) { return !wanted.contains(what_is_computed(trial.settings)); });
    data.environments = load_environments(connection, data.trials);
    data.parity = load_parity(connection, data.trials);
    return data;
  });
}

FigureData load_figure_data(Database& database, const std::optional<std::string>& experiment) {
  return from_one_state(database, [&](SQLite::Database& connection) {
    FigureData data;
    data.experiments = choose_experiments(load_experiments(connection), experiment);
    data.trials = load_trials(connection, data.experiments);
    data.environments = load_environments(connection, data.trials);
    data.parity = load_parity(connection, data.trials);
    for (const ExperimentData& each : data.experiments) {
      std::ranges::move(load_benches(connection, each.id), std::back_inserter(data.benches));
    }
    return data;
  });
}

}  // namespace rnnbench
