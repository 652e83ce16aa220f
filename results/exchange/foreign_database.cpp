#include "results/exchange/foreign_database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "harness/core/damaged_error.hpp"
#include "results/exchange/trial_key.hpp"
#include "results/store/check.hpp"
#include "results/store/connection.hpp"
#include "results/store/run_copies.hpp"
#include "results/store/schema.hpp"
#include "results/store/sqlite_error.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Tables and their columns, and what else acts when a row is written.
std::string outline(SQLite::Database& database) {
  SQLite::Statement select(
      database,
      "SELECT l.name || ' ' || l.strict || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" AS line "
      "FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c WHERE l.schema = 'main' AND l.type <> "
      "'view' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "UNION ALL SELECT type || ' ' || name FROM sqlite_schema WHERE type = 'trigger' ORDER BY line");
  std::string lines;
  while (select.executeStep()) lines += select.getColumn(0).getString() + '\n';
  return lines;
}

bool has_tables_of_its_schema(const fs::path& path) {
  Connection given = open_as_it_is(path);
  return with_store_errors(path, [&] {
    SQLite::Database own(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(own, ":memory:", schema_version(given.database, path));
    return outline(given.database) == outline(own);
  });
}

std::string fault_of_trials(SQLite::Database& database) {
  SQLite::Statement select(database, "SELECT key, settings FROM trials");
  while (select.executeStep()) {
    const std::string key = select.getColumn(0).getString();
    const std::string fault = fault_of_trial(key, select.getColumn(1).getString());
    if (!fault.empty()) return fmt::format("trial {}: {}", key.substr(0, 8), fault);
  }
  return "";
}

}  // namespace

std::string settle_foreign_database(const fs::path& path) {
  if (!has_tables_of_its_schema(path)) return "its tables are not those of its schema";
  try {
    require_undamaged(path);
  } catch (const DamagedError&) {
    return "its database is damaged";
  }
  Connection connection = open_for_writing(path);
  return with_store_errors(path, [&] {
    StatementCache statements(connection.database);
    WriteScope scope(statements, WriteScope::Kind::kTransaction);
    remake_copies(connection.database);
    scope.commit();
    return fault_of_trials(connection.database);
  });
}

}  // namespace rnnbench
