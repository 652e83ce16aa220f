#include "harness/cli/past.hpp"

#include <fmt/format.h>

#include <cmath>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "results/query/database.hpp"
#include "results/query/finished_runs.hpp"

namespace rnnbench {
namespace {

double number_or(const Json& value, double fallback) {
  return value.is_number() ? value.get<double>() : fallback;
}

/// The size of a trial that was run, as run_size() gives it of one that is planned.
RunSize size_of(const PastTrial& trial) {
  const Json settings = Json::parse(trial.settings);
  DataSpec data;
  data.set = trial.data_set;
  data.limit.train = static_cast<int>(number_or(settings.at(0), 0));
  if (settings.at(1).is_object() && settings.at(1).value("kind", "official") != "official") {
    data.split.kind = SplitKind::kInOrder;
    data.split.train = settings.at(1).value("train", 1.0);
  }
  data.validation = number_or(settings.at(2), 0);
  std::vector<int> units;
  for (const Json& layer : settings.at(5)) units.push_back(layer.value("units", 0));
  return run_size(run_kind(trial.engine, trial.cell, trial.device), data, trial.length, units,
                  static_cast<int>(number_or(settings.at(4), 1)),
                  static_cast<int>(number_or(settings.at(3), 1)));
}

}  // namespace

Past past_of(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return {};
  Database database(path);
  Past past{finished_runs(database), {}, estimate_error(database), epochs_done(database)};
  for (const PastTrial& trial : past_trials(database)) {
    past.estimates.add({trial.key, size_of(trial), trial.runs, trial.mean_seconds});
  }
  return past;
}

void add_estimates(Matrix& matrix, const Past& past) {
  for (PlannedTrial& trial : matrix.trials) {
    if (const auto expected = past.estimate(trial)) trial.estimated_seconds = expected->seconds;
  }
}

void require_room(const std::vector<Matrix>& matrices, const Past& past, double seconds,
                  const std::string& written, const std::function<bool(const PlannedTrial&)>& can_run) {
  const PlannedTrial* shortest = nullptr;
  RunEstimate least;
  for (const Matrix& matrix : matrices) {
    for (const auto& [index, seed] : matrix.runs()) {
      const PlannedTrial& trial = matrix.trials[index];
      if (past.finished.contains({trial.record.key, seed}) || !can_run(trial)) continue;
      const auto whole = past.estimate(trial);
      if (!whole) return;
      const double left = whole->seconds * share_left(trial, seed, past.done);
      if (left <= seconds) return;
      if (shortest == nullptr || left < least.seconds) {
        shortest = &trial;
        least = {left, whole->basis};
      }
    }
  }
  if (shortest == nullptr) return;
  throw ConfigError(
      fmt::format("--for {}: too short for any run that is left: the shortest, {}, takes about {} (by {}); "
                  "nothing was run; give at least --for {}s",
                  written, shortest->label, human_duration(least.seconds), least.basis,
                  static_cast<long>(std::ceil(least.seconds))));
}

}  // namespace rnnbench
