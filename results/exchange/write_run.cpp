#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/core/error.hpp"
#include "results/exchange/run_record.hpp"
#include "results/store/row_copy.hpp"

namespace rnnbench {
namespace {

/// Inserts a row, `references` beside its own columns. Throws EnvironmentError for a column that there isn't.
void insert(SQLite::Database& database, const std::string& table, Json row,
            const Json& references = Json::object(), const std::string& verb = "INSERT") {
  row.update(references);
  const std::vector<std::string> known = columns_of(database, table);
  std::vector<std::string> columns;
  for (const auto& [column, value] : row.items()) {
    if (std::ranges::find(known, column) == known.end()) {
      throw EnvironmentError(
          fmt::format("its {} have a column '{}', which this rnnbench doesn't know", table, column));
    }
    columns.push_back(column);
  }
  SQLite::Statement insertion(database, fmt::format("{} INTO {} ({}) VALUES ({})", verb, table,
                                                    column_list(columns), placeholders(columns.size())));
  int index = 0;
  for (const Json& value : row) bind_json(insertion, ++index, value);
  insertion.exec();
}

/// The number of a row that is stored once for a key; adds it where it isn't there.
std::int64_t shared_row(SQLite::Database& database, const std::string& table, const Json& row,
                        const std::vector<std::string>& key) {
  insert(database, table, row, Json::object(), "INSERT OR IGNORE");
  std::string condition = "TRUE";
  for (const std::string& column : key) condition += fmt::format(" AND {} = ?", column);
  SQLite::Statement find(database, fmt::format("SELECT id FROM {} WHERE {}", table, condition));
  int index = 0;
  for (const std::string& column : key) bind_json(find, ++index, row.at(column));
  if (!find.executeStep()) throw EnvironmentError(fmt::format("its row of {} can't be stored", table));
  return find.getColumn(0).getInt64();
}

/// The newest of the moments at which it was planned counts.
std::int64_t experiment_row(SQLite::Database& database, const Json& row) {
  const std::int64_t id = shared_row(database, "experiments", row, {"name", "config"});
  SQLite::Statement plan(database, "UPDATE experiments SET created = max(created, ?) WHERE id = ?");
  bind_json(plan, 1, row.at("created"));
  plan.bind(2, id);
  plan.exec();
  return id;
}

void insert_resume(SQLite::Database& database, Json row, RunId run) {
  const Json environment{{"digest", row.at("digest")}, {"content", row.at("content")}};
  row.erase("digest");
  row.erase("content");
  insert(
      database, "resumes", row,
      {{"run_id", run}, {"environment_id", shared_row(database, "environments", environment, {"digest"})}});
}

void insert_metrics(SQLite::Database& database, const std::vector<MetricSeries>& metrics, RunId run) {
  SQLite::Statement insertion(
      database,
      "INSERT INTO metrics (run_id, name, split, epoch, step, value, unit) VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const MetricSeries& series : metrics) {
    for (const MetricPoint& point : series.points) {
      SQLite::bind(insertion, run, series.name, series.split, point.epoch, point.step);
      if (!std::isnan(point.value)) insertion.bind(6, point.value);
      insertion.bind(7, series.unit);
      insertion.exec();
      insertion.reset();
      insertion.clearBindings();
    }
  }
}

RunId write(SQLite::Database& database, const RunRecord& record) {
  const Json& rows = record.rows;
  const std::int64_t experiment = experiment_row(database, rows.at("experiment"));
  const std::int64_t trial = shared_row(database, "trials", rows.at("trial"), {"key"});
  insert(database, "runs", rows.at("run"),
         {{"experiment_id", experiment},
          {"trial_id", trial},
          {"environment_id", shared_row(database, "environments", rows.at("environment"), {"digest"})}});
  const RunId run = database.getLastInsertRowid();
  if (rows.contains("position")) {
    insert(database, "experiment_trials", {{"position", rows["position"]}},
           {{"experiment_id", experiment}, {"trial_id", trial}}, "INSERT OR IGNORE");
  }
  for (const Json& tag : rows.at("experiment_tags")) {
    insert(database, "experiment_tags", {{"tag", tag}}, {{"experiment_id", experiment}}, "INSERT OR IGNORE");
  }
  for (const Json& tag : rows.at("tags")) insert(database, "run_tags", {{"tag", tag}}, {{"run_id", run}});
  for (const Json& resume : rows.at("resumes")) insert_resume(database, resume, run);
  for (const Json& timing : rows.at("timings")) insert(database, "timings", timing, {{"run_id", run}});
  insert_metrics(database, record.metrics, run);
  return run;
}

}  // namespace

RunId write_run(SQLite::Database& database, const RunRecord& record) {
  try {
    return write(database, record);
  } catch (const Json::exception& error) {
    throw EnvironmentError(
        fmt::format("it lacks a part of a run, or one has another form ({})", error.what()));
  }
}

}  // namespace rnnbench
