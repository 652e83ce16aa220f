#include "results/query/run_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_format.hpp"

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

/// What a failed run wrote last.
constexpr std::size_t kLinesShown = 40;

/// One "name value" line for each column of the first row; NULL and empty ones are left out.
std::string fact_lines(const Table& table) {
  std::string text;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const std::string& name = table.columns[column];
    const TableCell& cell = table.rows[0][column];
    const auto* words = std::get_if<std::string>(&cell);
    const bool is_empty =
        std::holds_alternative<std::monostate>(cell) || (words != nullptr && words->empty());
    if (is_empty || name == "settings" || name == "engine_details" || name == "environment" ||
        name == "output") {
      continue;
    }
    text += fmt::format("{:<15}", name);
    text += words != nullptr ? visible_text(*words) + "\n" : aligned_text({{""}, {{cell}}}).substr(1);
  }
  return text;
}

std::string json_lines(const std::string& content) {
  using Json = nlohmann::ordered_json;
  Json json = Json::parse(content, nullptr, false);
  if (const Json::json_pointer diff("/build/diff"); json.is_object() && json.contains(diff)) {
    const std::string text = json[diff].dump(-1, ' ', false, Json::error_handler_t::replace);
    json[diff] = fmt::format("{} characters; environments.content has them", text.size());
  }
  if (json.is_discarded()) return "  " + visible_text(content) + "\n";
  std::istringstream pretty(json.dump(2, ' ', false, Json::error_handler_t::replace));
  std::string text;
  for (std::string line; std::getline(pretty, line);) text += "  " + visible_text(line) + "\n";
  return text;
}

std::string section(const char* title, const Table& table) {
  return table.rows.empty() ? "" : fmt::format("\n{}\n{}", title, aligned_text(table));
}

std::string last_lines(const std::string& output) {
  std::vector<std::string> lines;
  std::istringstream stream(output);
  for (std::string line; std::getline(stream, line);) lines.push_back(visible_text(line));
  std::string text;
  for (std::size_t index = lines.size() - std::min(lines.size(), kLinesShown); index < lines.size();
       ++index) {
    text += "  " + lines[index] + "\n";
  }
  return text.empty() ? "" : "\nlast output\n" + text;
}

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

const std::string& text_of(const Table& table, const char* column) {
  for (std::size_t index = 0; index < table.columns.size(); ++index) {
    if (table.columns[index] == column) return std::get<std::string>(table.rows[0][index]);
  }
  throw StoreError(fmt::format("the database has no column {}", column));
}

}  // namespace

void require_run(Database& database, RunId run) {
  if (query_table(database, "SELECT 1 FROM runs WHERE id = ?", {run}).rows.empty()) {
    throw ConfigError(
        fmt::format("no run {} in {}; `rnnbench list` shows them", run, database.path().string()));
  }
}

std::string show_run(Database& database, RunId run) {
  require_run(database, run);
  const Table summary = query_table(database, kSummary, {run});
  const Table parity = query_table(database, kParity, {run});
  return fact_lines(summary) + last_lines(text_of(summary, "output")) + "\nsettings\n" +
         json_lines(text_of(summary, "settings")) +
         section("metrics", query_table(database, kMetrics, {run})) +
         section("timings (median: over epochs, of each epoch's median)",
                 query_table(database, kTimings, {run})) +
         section("predictions", query_table(database, kPredictions, {run})) +
         section("files, relative to the database's folder",
                 with_existence(query_table(database, kArtifacts, {run}), database)) +
         section("checkpoint", with_existence(query_table(database, kCheckpoint, {run}), database)) +
         section("resumed", query_table(database, kResumes, {run})) +
         (parity.rows.empty() ? "\nparity with another engine: not checked for this model\n"
                              : section("parity with other engines on this model", parity)) +
         "\nengine\n" + json_lines(text_of(summary, "engine_details")) + "\nenvironment\n" +
         json_lines(text_of(summary, "environment"));
}

}  // namespace rnnbench
