#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace rnnbench {

/// The columns of each table, in the order they are stored in.
using TableColumns = std::map<std::string, std::vector<std::string>>;

inline TableColumns tables_of(SQLite::Database& database) {
  SQLite::Statement columns(database,
                            "SELECT tables.name, columns.name FROM sqlite_schema AS tables, "
                            "pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' "
                            "ORDER BY tables.name, columns.cid");
  TableColumns tables;
  while (columns.executeStep()) {
    tables[columns.getColumn(0).getString()].push_back(columns.getColumn(1).getString());
  }
  return tables;
}

/// All values of the given tables and columns as SQL literals, a row a line, sorted: equal where the rows
/// are.
inline std::multiset<std::string> rows_of(SQLite::Database& database, const TableColumns& tables) {
  std::multiset<std::string> rows;
  for (const auto& [table, columns] : tables) {
    std::string values;
    for (const std::string& column : columns) values += fmt::format(" || ' ' || quote(\"{}\")", column);
    SQLite::Statement select(database, fmt::format("SELECT ''{} FROM \"{}\"", values, table));
    while (select.executeStep()) rows.insert(table + select.getColumn(0).getString());
  }
  return rows;
}

/// Everything that is in the file.
inline std::multiset<std::string> rows_of(const std::filesystem::path& path) {
  SQLite::Database database(path.string(), SQLite::OPEN_READONLY, 30'000);
  return rows_of(database, tables_of(database));
}

}  // namespace rnnbench
