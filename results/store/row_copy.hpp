#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace rnnbench {

/// The columns of a table, in their order.
std::vector<std::string> columns_of(SQLite::Database& database, const std::string& table);

/// "a, b, c" and "?, ?, ?".
std::string column_list(const std::vector<std::string>& columns);
std::string placeholders(std::size_t count);

/// Binds a value as it is, whatever its type.
void bind_value(SQLite::Statement& to, int index, const SQLite::Column& from);

/// Copies rows of one table from a database to another that has the same columns.
class RowCopy {
 public:
  /// Binds what stands in the target for a value of the source.
  using Change = std::function<void(SQLite::Statement& to, int index, const SQLite::Column& from)>;

  /// `columns` that are not in `changes` are copied as they are. `selection` ("WHERE run_id = ?") has one
  /// parameter; `verb` is INSERT or INSERT OR IGNORE.
  RowCopy(SQLite::Database& source, SQLite::Database& target, const std::string& table,
          const std::vector<std::string>& columns, const std::string& selection,
          const std::map<std::string, Change>& changes, const std::string& verb = "INSERT");

  /// Copies the selected rows inside the caller's transaction; returns how many were added.
  int copy(std::int64_t selected);

 private:
  SQLite::Statement select_;
  SQLite::Statement insert_;
  std::vector<Change> changes_;
};

}  // namespace rnnbench
