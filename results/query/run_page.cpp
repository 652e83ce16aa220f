#include "results/query/run_page.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_page_formats.hpp"

namespace rnnbench {
namespace {

constexpr const char* kSummary =
    "SELECT s.*, runs.particulars, e.question, t.settings, runs.engine_details, v.content AS environment, "
    "v.id AS environment_id, runs.process, runs.output FROM run_summary s JOIN runs ON runs.id = s.run "
    "JOIN trials t ON t.id = runs.trial_id "
    "JOIN experiments e ON e.id = runs.experiment_id JOIN environments v ON v.id = runs.environment_id "
    "WHERE s.run = ?";

constexpr const char* kMetrics =
    "SELECT epoch, nullif(split, '') AS split, name AS metric, coalesce(value, 'NaN') AS value, "
    "nullif(unit, '') AS unit FROM metrics WHERE run_id = ? AND step = -1 "
    "ORDER BY epoch, CASE split WHEN 'train' THEN 1 WHEN 'validation' THEN 2 WHEN 'test' THEN 3 ELSE 4 END, "
    "name";

constexpr const char* kStepMetrics =
    "SELECT epoch, step, nullif(split, '') AS split, name AS metric, coalesce(value, 'NaN') AS value, "
    "nullif(unit, '') AS unit FROM metrics WHERE run_id = ? AND step <> -1 ORDER BY epoch, step, split, name";

constexpr const char* kTimings =
    "SELECT phase, clock, CASE warmup WHEN 1 THEN 'warm-up' ELSE 'measured' END AS kind, "
    "count(*) AS epochs, sum(count) AS samples, median(median_ns) / 1e6 AS median_ms, "
    "min(min_ns) / 1e6 AS lowest_ms, max(max_ns) / 1e6 AS highest_ms, sum(total_ns) / 1e9 AS total_s "
    "FROM timings WHERE run_id = ? GROUP BY phase, clock, warmup ORDER BY clock, warmup, min(rowid)";

constexpr const char* kArtifacts =
    "SELECT kind, path, bytes, sha256 FROM artifacts WHERE run_id = ? ORDER BY kind";

constexpr const char* kPredictions =
    "SELECT split, length(positive) / 4 AS reviews, reviews AS digest FROM predictions WHERE run_id = ? "
    "ORDER BY split";

constexpr const char* kResumes =
    "SELECT from_epoch, resumed, host, process, environment_id AS environment FROM resumes WHERE run_id = ? "
    "ORDER BY resumed";

constexpr const char* kCheckpoint =
    "SELECT 'epoch ' || epoch, path, bytes, sha256 FROM checkpoints WHERE run_id = ?";

constexpr const char* kParity =
    "SELECT reference || '/' || reference_device AS reference, candidate || '/' || candidate_device AS "
    "candidate, "
    "precision, verdict, checked FROM parity_records AS p JOIN runs ON runs.id = ? JOIN trials ON "
    "trials.id = runs.trial_id WHERE p.model = trials.settings -> '$.model' AND ((reference = engine AND "
    "reference_device = device) OR (candidate = engine AND candidate_device = device)) ORDER BY p.id DESC "
    "LIMIT 5";

/// Files with whether they are where they should be.
Table with_existence(Table files, const Database& database) {
  if (files.rows.empty()) return files;
  files.columns[0] = "kind";
  files.columns.emplace_back("there");
  for (auto& row : files.rows) {
    std::error_code unreadable;
    const auto path = database.path().parent_path() / std::get<std::string>(row[1]);
    const auto bytes = std::filesystem::file_size(path, unreadable);
    row.emplace_back(unreadable                                                           ? "missing"
                     : static_cast<std::int64_t>(bytes) == std::get<std::int64_t>(row[2]) ? "yes"
                                                                                          : "other size");
  }
  return files;
}

}  // namespace

void require_run(Database& database, RunId run) {
  if (query_table(database, "SELECT 1 FROM runs WHERE id = ?", {run}).rows.empty()) {
    throw ConfigError(
        fmt::format("no run {} in {}; `rnnbench list` shows them", run, database.path().string()));
  }
}

RunPage load_run_page(Database& database, RunId run) {
  require_run(database, run);
  const auto ask = [&](const char* sql) { return query_table(database, sql, {run}); };
  RunPage page;
  page.summary = ask(kSummary);
  page.metrics = ask(kMetrics);
  page.timings = ask(kTimings);
  page.predictions = ask(kPredictions);
  page.files = with_existence(ask(kArtifacts), database);
  page.checkpoint = with_existence(ask(kCheckpoint), database);
  page.resumes = ask(kResumes);
  page.parity = ask(kParity);
  return page;
}

std::string show_run(Database& database, RunId run, TableFormat format) {
  RunPage page = load_run_page(database, run);
  if (format == TableFormat::kCsv) {
    throw ConfigError(
        "a run is more than one table; take --format json, or `rnnbench query \"SELECT …\" --format csv`");
  }
  if (format != TableFormat::kJson) return page_for_reading(page, format);
  page.step_metrics = query_table(database, kStepMetrics, {run});
  return page_as_json(page);
}

}  // namespace rnnbench
