#include "results/store/row_copy.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

namespace rnnbench {

std::vector<std::string> columns_of(SQLite::Database& database, const std::string& table) {
  SQLite::Statement select(database, "SELECT name FROM pragma_table_info(?) ORDER BY cid");
  select.bind(1, table);
  std::vector<std::string> columns;
  while (select.executeStep()) columns.push_back(select.getColumn(0).getString());
  return columns;
}

std::string column_list(const std::vector<std::string>& columns) {
  return fmt::format("{}", fmt::join(columns, ", "));
}

std::string placeholders(std::size_t count) {
  return fmt::format("{}", fmt::join(std::vector<std::string>(count, "?"), ", "));
}

void bind_value(SQLite::Statement& to, int index, const SQLite::Column& from) {
  if (from.isInteger()) {
    to.bind(index, from.getInt64());
  } else if (from.isFloat()) {
    to.bind(index, from.getDouble());
  } else if (from.isText()) {
    to.bind(index, from.getString());
  } else if (from.isBlob()) {
    const int size = from.getBytes();
    to.bind(index, size > 0 ? from.getBlob() : "", size);
  } else {
    to.bind(index);
  }
}

RowCopy::RowCopy(SQLite::Database& source, SQLite::Database& target, const std::string& table,
                 const std::vector<std::string>& columns, const std::string& selection,
                 const std::map<std::string, Change>& changes, const std::string& verb)
    : select_(source, fmt::format("SELECT {} FROM {} {}", column_list(columns), table, selection)),
      insert_(target, fmt::format("{} INTO {} ({}) VALUES ({})", verb, table, column_list(columns),
                                  placeholders(columns.size()))) {
  for (const std::string& column : columns) {
    const auto change = changes.find(column);
    changes_.push_back(change == changes.end() ? Change(bind_value) : change->second);
  }
}

int RowCopy::copy(std::int64_t selected) {
  select_.reset();
  select_.bind(1, selected);
  int added = 0;
  while (select_.executeStep()) {
    for (int i = 0; i < static_cast<int>(changes_.size()); ++i) {
      changes_[static_cast<std::size_t>(i)](insert_, i + 1, select_.getColumn(i));
    }
    added += insert_.exec();
    insert_.reset();
  }
  select_.reset();
  return added;
}

}  // namespace rnnbench
