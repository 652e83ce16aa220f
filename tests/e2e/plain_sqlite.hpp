#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>

namespace rnnbench {

/// The first cell of `sql`, read the way any other program would read the file; "no answer" where there is
/// none.
inline std::string first_cell(const std::filesystem::path& database, const std::string& sql) {
  sqlite3* handle = nullptr;
  std::string answer = "no answer";
  if (sqlite3_open_v2(database.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    sqlite3_busy_timeout(handle, 10'000);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != nullptr) {
      answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
  }
  sqlite3_close(handle);
  return answer;
}

/// Changes a database behind the program's back.
inline void alter(const std::filesystem::path& database, const std::string& sql) {
  sqlite3* handle = nullptr;
  EXPECT_EQ(sqlite3_open(database.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

/// All numbers that finished runs computed: no timings, and not what the machine did.
inline constexpr const char* kNumbers = R"(SELECT group_concat(line, char(10)) FROM (
  SELECT printf('%s %d %s %s %d %!.17g', t.key, r.seed, m.name, m.split, m.epoch, m.value) AS line
  FROM metrics m JOIN runs r ON r.id = m.run_id JOIN trials t ON t.id = r.trial_id WHERE r.status = 'finished'
  AND m.name NOT IN ('memory_peak', 'steal', 'energy', 'frequency', 'suspended')
  ORDER BY t.key, r.seed, m.name, m.split, m.epoch))";
inline constexpr const char* kPredictions = R"(SELECT coalesce(group_concat(line, char(10)), '') FROM (
  SELECT t.key || r.seed || hex(p.positive) AS line
  FROM predictions p JOIN runs r ON r.id = p.run_id JOIN trials t ON t.id = r.trial_id WHERE r.status = 'finished'
  ORDER BY 1))";

inline constexpr const char* kFiles = R"(SELECT coalesce(group_concat(line, char(10)), '') FROM (
  SELECT t.key || r.seed || a.kind || a.sha256 AS line
  FROM artifacts a JOIN runs r ON r.id = a.run_id JOIN trials t ON t.id = r.trial_id WHERE r.status = 'finished'
  ORDER BY 1))";

/// That the finished runs of two databases are the same, each once, with the same bits.
inline void expect_same_results(const std::filesystem::path& one, const std::filesystem::path& other) {
  for (const char* what : {kNumbers, kPredictions, kFiles}) {
    EXPECT_NE(first_cell(other, what), "no answer");
    EXPECT_EQ(first_cell(one, what), first_cell(other, what));
  }
}

}  // namespace rnnbench
