#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "harness/core/records.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace rnnbench {

/// The yardstick: a loop on SQLite's C interface that writes metric rows and nothing else, prepared once,
/// into the same table, with the same journal and synchronisation. Ends the program where SQLite fails.
class PlainSqlite {
 public:
  /// A database that Store made.
  explicit PlainSqlite(const std::filesystem::path& path);
  ~PlainSqlite();
  PlainSqlite(const PlainSqlite&) = delete;
  PlainSqlite& operator=(const PlainSqlite&) = delete;

  /// All in one transaction.
  void write(std::int64_t run, const std::vector<MetricRecord>& metrics);

 private:
  void execute(const char* sql);

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

}  // namespace rnnbench
