#include "results/store/check.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "harness/core/damaged_error.hpp"
#include "results/store/connection.hpp"
#include "results/store/merge_files.hpp"
#include "results/store/process.hpp"
#include "results/store/row_copy.hpp"
#include "results/store/run_copies.hpp"
#include "results/store/schema.hpp"
#include "results/store/sqlite_error.hpp"
#include "results/store/statement_cache.hpp"
#include "results/store/store.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSave =
    "restore a backup, or save what can be read: rnnbench check --repair --output NEW.db";

/// Problems that SQLite reports in rows or, where it can't go on, as an error.
void collect(std::vector<Problem>& problems, const std::string& place, const std::function<void()>& check) {
  try {
    check();
  } catch (const SQLite::Exception& error) {
    problems.push_back({place, fmt::format("can't be read: {}", error.what())});
  }
}

std::vector<std::string> tables_in(SQLite::Database& database) {
  SQLite::Statement select(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
  std::vector<std::string> tables;
  while (select.executeStep()) tables.push_back(select.getColumn(0).getString());
  return tables;
}

CheckResult check_pages(SQLite::Database& database) {
  const std::vector<std::string> tables = tables_in(database);
  CheckResult result{"pages", fmt::format("{} tables", tables.size()), {}, kSave};
  for (const std::string& table : tables) {
    collect(result.problems, table, [&] {
      SQLite::Statement check(database, fmt::format("PRAGMA integrity_check(\"{}\")", table));
      while (check.executeStep()) {
        const std::string found = check.getColumn(0).getString();
        if (found != "ok") result.problems.push_back({table, found});
      }
    });
  }
  if (!result.problems.empty()) return result;
  collect(result.problems, "whole file", [&] {
    const std::string found = database.execAndGet("PRAGMA integrity_check(1)").getString();
    if (found != "ok") result.problems.push_back({"whole file", found});
  });
  return result;
}

CheckResult check_references(SQLite::Database& database) {
  CheckResult result{"references", "foreign keys", {}, kSave};
  collect(result.problems, "foreign keys", [&] {
    SQLite::Statement check(database,
                            "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2");
    while (check.executeStep()) {
      result.problems.push_back({check.getColumn(0).getString(),
                                 fmt::format("{} rows refer to none of {}", check.getColumn(2).getInt64(),
                                             check.getColumn(1).getString())});
    }
  });
  return result;
}

CheckResult check_running(SQLite::Database& database) {
  CheckResult result{
      "running rows", "", {}, "rnnbench check --repair marks them interrupted; `run` does so too"};
  int live = 0, elsewhere = 0, all = 0;
  collect(result.problems, "runs", [&] {
    SQLite::Statement select(
        database, "SELECT id, host, process, process_start, started FROM runs WHERE status = 'running'");
    while (select.executeStep()) {
      ++all;
      const ProcessIdentity process{select.getColumn(1).getString(), select.getColumn(2).getInt64(),
                                    select.getColumn(3).getInt64()};
      if (process.host != this_process().host) {
        ++elsewhere;
      } else if (is_running(process)) {
        ++live;
      } else {
        result.problems.push_back({fmt::format("run {}", select.getColumn(0).getInt64()),
                                   fmt::format("process {} of {} is gone; begun {}", process.process,
                                               process.host, select.getColumn(4).getString())});
      }
    }
  });
  result.examined = fmt::format("{} rows: {} of live processes, {} of other hosts", all, live, elsewhere);
  return result;
}

CheckResult check_files(SQLite::Database& database, const fs::path& path, bool has_checkpoints) {
  CheckResult result{"files", "", {}, "copy them back from a backup, or repeat the run"};
  int all = 0;
  collect(result.problems, "artifacts", [&] {
    std::string sql = "SELECT min(run_id), path, sha256 FROM (SELECT run_id, path, sha256 FROM artifacts";
    // A run that is over needs its checkpoint no more.
    if (has_checkpoints) {
      sql +=
          " UNION ALL SELECT run_id, path, sha256 FROM checkpoints JOIN runs ON runs.id = run_id "
          "WHERE status = 'interrupted'";
    }
    SQLite::Statement select(database, sql + ") GROUP BY path, sha256 ORDER BY 1");
    while (select.executeStep()) {
      ++all;
      const fs::path relative = select.getColumn(1).getString();
      const fs::path file = path.parent_path() / relative;
      std::error_code unreadable;
      if (stays_within(relative) && is_sound(file, select.getColumn(2).getString())) continue;
      result.problems.push_back(
          {fmt::format("run {}", select.getColumn(0).getInt64()),
           fmt::format("{} {}", relative.string(),
                       fs::exists(file, unreadable) ? "has another SHA-256" : "is missing")});
    }
  });
  result.examined = fmt::format("{} files", all);
  return result;
}

CheckResult check_copies(SQLite::Database& database) {
  CheckResult result{
      "copies of metrics", "", {}, "rnnbench check --repair makes them again from the metrics"};
  collect(result.problems, "runs", [&] {
    result.examined = fmt::format("{} runs", database.execAndGet("SELECT count(*) FROM runs").getInt64());
    SQLite::Statement select(database, differing_copies_sql());
    while (select.executeStep()) {
      result.problems.push_back({fmt::format("run {}", select.getColumn(0).getInt64()),
                                 "epochs, accuracy or loss differ from its metrics"});
    }
  });
  return result;
}

}  // namespace

bool CheckReport::is_sound() const {
  return std::all_of(results.begin(), results.end(),
                     [](const CheckResult& result) { return result.problems.empty(); });
}

CheckReport check_database(const fs::path& path) {
  Connection connection = open_as_it_is(path);
  SQLite::Database& database = connection.database;
  return with_store_errors(connection.path, [&] {
    const bool is_newest = schema_version(database, connection.path) == static_cast<int>(migrations().size());
    CheckReport report;
    report.results = {check_pages(database), check_references(database)};
    report.is_damaged = !report.is_sound();
    report.results.push_back(check_running(database));
    report.results.push_back(check_files(database, connection.path, is_newest));
    if (is_newest) report.results.push_back(check_copies(database));
    return report;
  });
}

void require_undamaged(const fs::path& path) {
  Connection connection = open_as_it_is(path);
  with_store_errors(connection.path, [&] {
    const auto damaged = [&](const std::string& what) {
      throw DamagedError(fmt::format("{} is damaged: {}", connection.path.string(), what));
    };
    const std::string found = connection.database.execAndGet("PRAGMA integrity_check(1)").getString();
    if (found != "ok") damaged(found);
    SQLite::Statement lost(connection.database, "SELECT \"table\" FROM pragma_foreign_key_check");
    if (lost.executeStep()) damaged(fmt::format("rows of {} refer to none", lost.getColumn(0).getString()));
  });
}

Repairs repair_database(const fs::path& path) {
  Repairs repairs;
  repairs.stale_runs = Store(path).recover_stale_runs();
  Connection connection = open_for_writing(path);
  StatementCache statements(connection.database);
  with_store_errors(connection.path, [&] {
    WriteScope scope(statements, WriteScope::Kind::kTransaction);
    repairs.copies = remake_copies(connection.database);
    scope.commit();
  });
  return repairs;
}

}  // namespace rnnbench
