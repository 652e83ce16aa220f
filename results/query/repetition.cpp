#include "results/query/repetition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "harness/core/imported_engines.hpp"
#include "harness/core/logged_run.hpp"
#include "results/query/both_metrics.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_environment.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

constexpr const char* kFirstMetric =
    "SELECT epoch, split, name, "
    "CASE WHEN NOT in_first THEN '-' WHEN before IS NULL THEN 'NaN' ELSE printf('%!.17g', before) END, "
    "CASE WHEN NOT in_second THEN '-' WHEN after IS NULL THEN 'NaN' ELSE printf('%!.17g', after) END "
    "FROM both WHERE NOT in_first OR NOT in_second OR before IS NOT after "
    "ORDER BY 1, CASE split WHEN 'train' THEN 1 WHEN 'validation' THEN 2 ELSE 3 END, 3 LIMIT 1";

constexpr const char* kFirstPrediction =
    "SELECT coalesce(a.split, b.split), coalesce(a.reviews, '-'), coalesce(b.reviews, '-') "
    "FROM (SELECT * FROM predictions WHERE run_id = ?1) a "
    "FULL JOIN (SELECT * FROM predictions WHERE run_id = ?2) b ON a.split = b.split "
    "WHERE a.reviews IS NOT b.reviews OR a.positive IS NOT b.positive ORDER BY 1 LIMIT 1";

const std::string& text(const std::vector<TableCell>& row, std::size_t column) {
  return std::get<std::string>(row.at(column));
}

std::int64_t number(Database& database, const char* sql, RunId run) {
  const TableCell cell = query_table(database, sql, {run}).rows.at(0).at(0);
  const auto* value = std::get_if<std::int64_t>(&cell);
  return value != nullptr ? *value : 0;
}

}  // namespace

RepeatableRun run_to_repeat(Database& database, RunId run) {
  require_run(database, run);
  const Table table =
      query_table(database,
                  "SELECT name, question, config, experiments.note, key, settings, engine_details, status, "
                  "seed, engine FROM runs "
                  "JOIN trials ON trials.id = trial_id JOIN experiments ON experiments.id = experiment_id "
                  "WHERE runs.id = ?",
                  {run});
  const auto& row = table.rows.at(0);
  const Json settings = Json::parse(text(row, 5));
  if (settings.contains("bench")) {
    throw ConfigError(
        fmt::format("run {} timed steps and trained nothing; `rnnbench bench` takes them again", run));
  }
  if (is_imported_engine(text(row, 9))) {
    throw ConfigError(fmt::format(
        "run {} was imported, `rnnbench` didn't make it; run the benchmark again and give what it "
        "writes to `rnnbench import`",
        run));
  }
  if (const Json engine = Json::parse(text(row, 6), nullptr, false); engine.contains(kLoggedBy)) {
    throw ConfigError(fmt::format("run {} was logged by {}, `rnnbench` didn't make it; call that again", run,
                                  engine.at(kLoggedBy).dump()));
  }
  if (text(row, 7) != "finished") {
    throw ConfigError(fmt::format(
        "run {} is {}; only a finished one can be repeated, and `rnnbench run` goes on with others", run,
        text(row, 7)));
  }
  return {run,          {text(row, 0), text(row, 1), text(row, 2), {}, text(row, 3)},  text(row, 4),
          text(row, 5), static_cast<std::uint64_t>(std::get<std::int64_t>(row.at(8))), text(row, 6)};
}

std::vector<RunId> random_runs(Database& database, int count) {
  const Table table =
      query_table(database,
                  "SELECT runs.id FROM runs JOIN trials ON trials.id = trial_id WHERE status = 'finished' "
                  "AND device = 'cpu' AND settings -> '$.bench' IS NULL AND engine NOT IN (?, ?) "
                  "AND engine_details ->> '$.logged_by' IS NULL "
                  "AND NOT EXISTS (SELECT 1 FROM run_tags WHERE run_id = runs.id AND tag = 'rerun') "
                  "ORDER BY random() LIMIT ?",
                  {kImportedEngine, kHyperfineEngine, std::int64_t{count}});
  std::vector<RunId> runs;
  for (const auto& row : table.rows) runs.push_back(std::get<std::int64_t>(row.at(0)));
  return runs;
}

std::vector<Difference> files_of_both(Database& database, RunId before, RunId after) {
  const Table both =
      query_table(database,
                  "SELECT coalesce(a.kind, b.kind), coalesce(a.sha256, '-'), coalesce(b.sha256, '-') "
                  "FROM (SELECT * FROM artifacts WHERE run_id = ?) a "
                  "FULL JOIN (SELECT * FROM artifacts WHERE run_id = ?) b ON a.kind = b.kind ORDER BY 1",
                  {before, after});
  std::vector<Difference> files;
  for (const auto& row : both.rows) files.push_back({text(row, 0), text(row, 1), text(row, 2)});
  return files;
}

Repetition compare_results(Database& database, RunId before, RunId after) {
  Repetition result;
  result.metrics = number(database, "SELECT count(*) FROM metrics WHERE run_id = ?", before);
  result.predictions =
      number(database, "SELECT sum(length(positive)) / 4 FROM predictions WHERE run_id = ?", before);
  const std::int64_t other_build = is_other_build(database, before, after);
  if (const Table metric =
          query_table(database, with_both_metrics(kFirstMetric), {before, after, other_build});
      !metric.rows.empty()) {
    const auto& row = metric.rows[0];
    const std::string split = text(row, 1).empty() ? "" : text(row, 1) + " ";
    result.first = {fmt::format("epoch {}, {}{}", std::get<std::int64_t>(row[0]), split, text(row, 2)),
                    text(row, 3), text(row, 4)};
  } else if (const Table split = query_table(database, kFirstPrediction, {before, after});
             !split.rows.empty()) {
    result.first = {"predictions of " + text(split.rows[0], 0), "of reviews " + text(split.rows[0], 1),
                    "of reviews " + text(split.rows[0], 2)};
  } else {
    const std::vector<Difference> files = files_of_both(database, before, after);
    const auto other =
        std::ranges::find_if(files, [](const auto& file) { return file.before != file.after; });
    if (other != files.end()) result.first = *other;
  }
  return result;
}

std::vector<Difference> changed_surroundings(Database& database, RunId before, RunId after) {
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (const auto& [path, value] : run_environment(database, before)) both[path] = {value, "-"};
  for (const auto& [path, value] : run_environment(database, after)) {
    both.try_emplace(path, "-", "").first->second.second = value;
  }
  std::vector<Difference> changed;
  for (const auto& [path, values] : both) {
    if (values.first != values.second) changed.push_back({path, values.first, values.second});
  }
  return changed;
}

}  // namespace rnnbench
