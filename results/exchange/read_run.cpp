#include <SQLiteCpp/Database.h>

#include <cmath>
#include <limits>

#include "results/exchange/run_record.hpp"

namespace rnnbench {
namespace {

/// The rows that `sql` gives for a number, without the columns that are numbers of this database.
std::vector<Json> rows_of(SQLite::Database& database, const std::string& sql, std::int64_t number) {
  SQLite::Statement select(database, sql);
  select.bind(1, number);
  std::vector<Json> rows = rows_json(select);
  for (Json& row : rows) {
    for (const char* column : {"id", "run_id", "experiment_id", "trial_id", "environment_id"})
      row.erase(column);
  }
  return rows;
}

std::vector<Json> tags_of(SQLite::Database& database, const std::string& sql, std::int64_t number) {
  SQLite::Statement select(database, sql);
  select.bind(1, number);
  std::vector<Json> tags;
  while (select.executeStep()) tags.push_back(value_json(select.getColumn(0)));
  return tags;
}

std::vector<MetricSeries> metrics_of(SQLite::Database& database, RunId run) {
  SQLite::Statement select(database,
                           "SELECT name, split, unit, epoch, step, value FROM metrics WHERE run_id = ? "
                           "ORDER BY name, split, step = -1 DESC, unit, epoch, step");
  select.bind(1, run);
  std::vector<MetricSeries> series;
  while (select.executeStep()) {
    MetricSeries key{select.getColumn(0).getString(),
                     select.getColumn(1).getString(),
                     select.getColumn(2).getString(),
                     {}};
    const MetricPoint point{select.getColumn(3).getInt64(), select.getColumn(4).getInt64(),
                            select.getColumn(5).isNull() ? std::numeric_limits<double>::quiet_NaN()
                                                         : select.getColumn(5).getDouble()};
    const bool is_next = !series.empty() && series.back().name == key.name &&
                         series.back().split == key.split && series.back().unit == key.unit &&
                         series.back().is_of_epochs() == (point.step == -1);
    if (!is_next) series.push_back(std::move(key));
    series.back().points.push_back(point);
  }
  return series;
}

}  // namespace

std::string RunRecord::text_of(const char* row, const char* column) const {
  return text_in(rows.at(row).value(column, Json())).value_or("");
}

RunRecord read_run(SQLite::Database& database, RunId run) {
  SQLite::Statement ids(database, "SELECT experiment_id, trial_id, environment_id FROM runs WHERE id = ?");
  ids.bind(1, run);
  ids.executeStep();
  const std::int64_t experiment = ids.getColumn(0).getInt64(), trial = ids.getColumn(1).getInt64();
  Json rows;
  rows["schema"] = database.execAndGet("PRAGMA user_version").getInt();
  rows["run"] = rows_of(database, "SELECT * FROM runs WHERE id = ?", run).at(0);
  rows["trial"] = rows_of(database, "SELECT * FROM trials WHERE id = ?", trial).at(0);
  rows["experiment"] = rows_of(database, "SELECT * FROM experiments WHERE id = ?", experiment).at(0);
  rows["environment"] =
      rows_of(database, "SELECT digest, content FROM environments WHERE id = ?", ids.getColumn(2).getInt64())
          .at(0);
  rows["experiment_tags"] =
      tags_of(database, "SELECT tag FROM experiment_tags WHERE experiment_id = ?", experiment);
  rows["tags"] = tags_of(database, "SELECT tag FROM run_tags WHERE run_id = ?", run);
  SQLite::Statement position(
      database, "SELECT position FROM experiment_trials WHERE experiment_id = ? AND trial_id = ?");
  position.bind(1, experiment);
  position.bind(2, trial);
  if (position.executeStep()) rows["position"] = position.getColumn(0).getInt64();
  rows["resumes"] = rows_of(database,
                            "SELECT resumes.*, digest, content FROM resumes JOIN environments "
                            "ON environments.id = environment_id WHERE run_id = ?",
                            run);
  rows["timings"] =
      rows_of(database, "SELECT * FROM timings WHERE run_id = ? ORDER BY phase, epoch, clock, warmup", run);
  return {std::move(rows), metrics_of(database, run)};
}

}  // namespace rnnbench
