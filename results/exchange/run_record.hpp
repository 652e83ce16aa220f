#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/exchange/row_json.hpp"

namespace SQLite {
class Database;
}

namespace rnnbench {

struct MetricPoint {
  std::int64_t epoch = 0;
  std::int64_t step = -1;  ///< -1: of the whole epoch
  double value = 0;
  bool operator==(const MetricPoint&) const = default;
};

/// The values of a metric, rising by epoch and step: either all of whole epochs or none.
struct MetricSeries {
  std::string name, split, unit;
  std::vector<MetricPoint> points;
  bool is_of_epochs() const { return points.empty() || points.front().step == -1; }
};

/// A run with everything that belongs to it but predictions and files, as other programs get it.
struct RunRecord {
  /// {"schema", "run", "trial", "experiment", "experiment_tags", "position", "environment", "tags",
  /// "resumes", "timings"}: rows by column, without what is a number in one database only.
  Json rows;
  std::vector<MetricSeries> metrics;

  /// A column of the run, "" where it is NULL or no text; as it is, UTF-8 or not.
  std::string run_text(const char* column) const { return text_of("run", column); }
  std::string text_of(const char* row, const char* column) const;
};

/// Throws SQLite::Exception.
RunRecord read_run(SQLite::Database& database, RunId run);

/// Adds a run to a database of this schema in the caller's transaction; returns its number there. Throws
/// EnvironmentError where the record is none, SQLite::Exception where the database can't take it.
RunId write_run(SQLite::Database& database, const RunRecord& record);

}  // namespace rnnbench
