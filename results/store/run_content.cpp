#include "results/store/run_content.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "harness/core/records.hpp"

namespace rnnbench {
namespace {

/// Of what was read from a file of benchmarks, who read it and when is none of the content.
std::string row_sql() {
  return fmt::format(
      "SELECT status, (SELECT key FROM trials WHERE id = trial_id) || (SELECT digest FROM environments WHERE "
      "id = environment_id) || (SELECT quote(name) || quote(config) FROM experiments WHERE id = "
      "experiment_id) || seed || quote(engine_details) || quote(reason) || "
      "CASE (SELECT name FROM experiments WHERE id = experiment_id) WHEN '{}' THEN '' "
      "ELSE quote(host) || process || ' ' || process_start || ' ' || started || quote(finished) END || "
      "quote(train_seconds) || hex(output) || quote(seconds) || quote(estimated_seconds) || "
      "quote(particulars) "
      "FROM runs WHERE id = ?",
      kImportExperiment);
}

constexpr const char* kMetrics =
    "SELECT quote(name) || quote(split) || epoch || ' ' || step || ' ' || quote(value) || quote(unit) "
    "FROM metrics WHERE run_id = ?";
constexpr const char* kOthers =
    "SELECT quote(phase) || epoch || clock || warmup || count || ' ' || total_ns || ' ' || median_ns || ' ' "
    "|| min_ns || ' ' || max_ns || "
    "quote(samples) FROM timings WHERE run_id = ?1 "
    "UNION ALL SELECT quote(split) || quote(reviews) || quote(positive) FROM predictions WHERE run_id = ?1 "
    "UNION ALL SELECT quote(kind) || quote(sha256) || bytes FROM artifacts WHERE run_id = ?1 "
    "UNION ALL SELECT from_epoch || quote(host) || process || quote(resumed) FROM resumes WHERE run_id = ?1";

std::vector<std::string> sorted_lines(SQLite::Statement& statement, std::int64_t run) {
  statement.reset();
  statement.bind(1, run);
  std::vector<std::string> lines;
  while (statement.executeStep()) lines.push_back(statement.getColumn(0).getString());
  statement.reset();
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

RunContentReader::RunContentReader(SQLite::Database& database)
    : row_(database, row_sql()), metrics_(database, kMetrics), others_(database, kOthers) {}

RunContent RunContentReader::read(std::int64_t run) {
  row_.bind(1, run);
  row_.executeStep();
  RunContent content{row_.getColumn(0).getString(), row_.getColumn(1).getString(), {}, {}};
  row_.reset();
  content.metrics = sorted_lines(metrics_, run);
  content.others = sorted_lines(others_, run);
  return content;
}

bool continues(const RunContent& earlier, const RunContent& later) {
  const bool was_open = earlier.status == "interrupted" || earlier.status == "running";
  const bool has_more = later.metrics.size() > earlier.metrics.size() || later.status == "finished";
  return was_open && has_more &&
         std::includes(later.metrics.begin(), later.metrics.end(), earlier.metrics.begin(),
                       earlier.metrics.end());
}

}  // namespace rnnbench
