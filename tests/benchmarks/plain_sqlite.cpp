#include "tests/benchmarks/plain_sqlite.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

namespace rnnbench {
namespace {

void expect(int result, int wanted) {
  if (result == wanted) return;
  std::fprintf(stderr, "SQLite failed: %s\n", sqlite3_errstr(result));
  std::abort();
}

}  // namespace

PlainSqlite::PlainSqlite(const std::filesystem::path& path) {
  expect(sqlite3_open(path.c_str(), &database_), SQLITE_OK);
  execute("PRAGMA synchronous = FULL");
  expect(sqlite3_prepare_v2(
             database_,
             "INSERT INTO metrics (run_id, name, split, epoch, value, unit) VALUES (?, ?, ?, ?, ?, ?)", -1,
             &insert_, nullptr),
         SQLITE_OK);
}

PlainSqlite::~PlainSqlite() {
  sqlite3_finalize(insert_);
  sqlite3_close(database_);
}

void PlainSqlite::execute(const char* sql) {
  expect(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr), SQLITE_OK);
}

void PlainSqlite::write(std::int64_t run, const std::vector<MetricRecord>& metrics) {
  execute("BEGIN IMMEDIATE");
  for (const MetricRecord& metric : metrics) {
    sqlite3_bind_int64(insert_, 1, run);
    sqlite3_bind_text(insert_, 2, metric.name.c_str(), static_cast<int>(metric.name.size()), SQLITE_STATIC);
    sqlite3_bind_text(insert_, 3, metric.split.c_str(), static_cast<int>(metric.split.size()), SQLITE_STATIC);
    sqlite3_bind_int(insert_, 4, metric.epoch);
    sqlite3_bind_double(insert_, 5, metric.value);
    sqlite3_bind_text(insert_, 6, metric.unit.c_str(), static_cast<int>(metric.unit.size()), SQLITE_STATIC);
    expect(sqlite3_step(insert_), SQLITE_DONE);
    sqlite3_reset(insert_);
  }
  execute("COMMIT");
}

}  // namespace rnnbench
