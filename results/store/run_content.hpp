#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <vector>

namespace rnnbench {

/// What a run recorded, the same in every copy of it, whatever its number there: to compare copies.
struct RunContent {
  std::string status;
  std::string row;                   ///< of runs
  std::vector<std::string> metrics;  ///< sorted
  std::vector<std::string> others;   ///< timings, predictions and artifacts, sorted

  bool operator==(const RunContent&) const = default;
};

/// Reads run contents from one database. Tags and notes are left out: they may be added afterwards.
class RunContentReader {
 public:
  explicit RunContentReader(SQLite::Database& database);
  RunContent read(std::int64_t run);

 private:
  SQLite::Statement row_, metrics_, others_;
};

/// Whether `later` is what `earlier` became: it was not finished, and all its metrics are there.
bool continues(const RunContent& earlier, const RunContent& later);

}  // namespace rnnbench
