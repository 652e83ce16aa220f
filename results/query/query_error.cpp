#include "results/query/query_error.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <string>
#include <string_view>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/read_only_guard.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

bool is_about_the_file(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_FULL:
      return true;
    default:
      return false;
  }
}

std::vector<std::string> names(Database& database, const char* sql) {
  SQLite::Statement statement(database.connection(), sql);
  std::vector<std::string> found;
  while (statement.executeStep()) found.push_back(statement.getColumn(0).getString());
  return found;
}

/// The end of a message about an unknown name: the nearest known one, or those that are known.
std::string hint(Database& database, std::string_view message) {
  constexpr std::string_view kColumn = "no such column: ";
  constexpr std::string_view kTable = "no such table: ";
  if (message.starts_with(kColumn)) {
    std::string_view name = message.substr(kColumn.size());
    name = name.substr(name.rfind('.') + 1);
    return suggestion(name, names(database, "SELECT name FROM pragma_table_info('run_summary')"));
  }
  if (message.starts_with(kTable)) {
    return suggestion(message.substr(kTable.size()),
                      names(database,
                            "SELECT name FROM sqlite_schema WHERE type IN ('view', 'table') "
                            "ORDER BY type DESC, name"));
  }
  return "";
}

}  // namespace

void throw_query_error(Database& database, int code) {
  sqlite3* handle = database.connection().getHandle();
  if (is_about_the_file(code)) throw_store_error(database.path(), SQLite::Exception(handle, code));
  const std::string message = sqlite3_errmsg(handle);
  const std::string refusal = database.guard().take_refusal();
  if (!refusal.empty()) {
    throw ConfigError(fmt::format(
        "the query is refused ({}): queries only read; to change results, work on a copy with sqlite3",
        visible_text(refusal)));
  }
  throw ConfigError(fmt::format("the query fails: {}{}", visible_text(message), hint(database, message)));
}

}  // namespace rnnbench
