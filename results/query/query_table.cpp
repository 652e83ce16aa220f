#include "results/query/query_table.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/progress_limit.hpp"
#include "results/query/query_error.hpp"
#include "results/query/read_only_guard.hpp"

namespace rnnbench {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPointer = std::unique_ptr<sqlite3_stmt, Finalize>;

/// The error with the query's file and line where it has one.
[[noreturn]] void throw_placed_error(Database& database, int code, std::string_view sql,
                                     const std::string& place) {
  if (place.empty()) throw_query_error(database, code);
  const int offset = std::max(0, sqlite3_error_offset(database.connection().getHandle()));
  const auto line =
      1 + std::count(sql.begin(), sql.begin() + std::min<std::ptrdiff_t>(offset, std::ssize(sql)), '\n');
  try {
    throw_query_error(database, code);
  } catch (const ConfigError& error) {
    throw ConfigError(fmt::format("{}:{}: {}", place, line, error.what()));
  }
}

/// Compiles the first statement of `sql` and takes it off; null where only blanks and comments are left.
StatementPointer compile_first(Database& database, std::string_view& sql, const std::string& place = "") {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  database.guard().take_refusal();
  const int code = sqlite3_prepare_v2(database.connection().getHandle(), sql.data(),
                                      static_cast<int>(sql.size()), &statement, &rest);
  StatementPointer owned(statement);
  if (code != SQLITE_OK) throw_placed_error(database, code, sql, place);
  sql.remove_prefix(static_cast<std::size_t>(rest - sql.data()));
  return owned;
}

/// Whether something follows that isn't blank or comment. Nothing of it is run.
bool has_statement(Database& database, std::string_view sql) {
  try {
    while (!sql.empty()) {
      if (compile_first(database, sql) != nullptr) return true;
    }
    return false;
  } catch (const ConfigError&) {
    return true;
  }
}

StatementPointer compile(Database& database, std::string_view sql, const std::string& place) {
  if (sql.size() > 1'000'000) throw ConfigError("the query is longer than a million bytes");
  if (sql.find('\0') != std::string_view::npos) throw ConfigError("the query contains a NUL byte; remove it");
  StatementPointer statement;
  while (statement == nullptr && !sql.empty()) statement = compile_first(database, sql, place);
  if (statement == nullptr) {
    throw ConfigError("the query is empty; try e.g. SELECT * FROM run_summary");
  }
  if (has_statement(database, sql)) {
    throw ConfigError("the query is more than one statement; give one at a time, and only reading ones");
  }
  return statement;
}

struct Binder {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(const Blob& value) const {
    return sqlite3_bind_blob64(statement, index, value.bytes.data(), value.bytes.size(), SQLITE_STATIC);
  }
};

void bind_all(Database& database, sqlite3_stmt* statement, const std::vector<TableCell>& parameters) {
  int index = 0;
  for (const TableCell& parameter : parameters) {
    const int code = std::visit(Binder{statement, ++index}, parameter);
    if (code != SQLITE_OK) throw_query_error(database, code);
  }
}

void bind_named(Database& database, sqlite3_stmt* statement, const std::map<std::string, TableCell>& named) {
  std::vector<std::string> names;
  for (int index = 1; index <= sqlite3_bind_parameter_count(statement); ++index) {
    const char* name = sqlite3_bind_parameter_name(statement, index);
    if (name == nullptr || name[0] == '?') continue;
    names.emplace_back(name + 1);
    const auto value = named.find(names.back());
    if (value == named.end()) {
      throw ConfigError(fmt::format("the query asks for :{0}; give --param {0}=VALUE", names.back()));
    }
    const int code = std::visit(Binder{statement, index}, value->second);
    if (code != SQLITE_OK) throw_query_error(database, code);
  }
  for (const auto& [name, value] : named) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw ConfigError(fmt::format("--param {}: the query has no such parameter{}", visible_text(name),
                                  suggestion(name, names)));
  }
}

/// Puts the value into `cell`; where that holds a text, its memory is used again.
void read_cell(sqlite3_stmt* statement, int column, TableCell& cell) {
  const auto bytes = [&](const void* data) {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    return size == 0 ? std::string_view() : std::string_view(static_cast<const char*>(data), size);
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      cell = sqlite3_column_int64(statement, column);
      return;
    case SQLITE_FLOAT:
      cell = sqlite3_column_double(statement, column);
      return;
    case SQLITE_TEXT: {
      const std::string_view text = bytes(sqlite3_column_text(statement, column));
      if (auto* last = std::get_if<std::string>(&cell)) {
        last->assign(text);
      } else {
        cell = std::string(text);
      }
      return;
    }
    case SQLITE_BLOB:
      cell = Blob{std::string(bytes(sqlite3_column_blob(statement, column)))};
      return;
    default:
      cell = std::monostate{};
  }
}

std::size_t bytes_of(const std::vector<TableCell>& row) {
  std::size_t bytes = sizeof(row) + row.size() * sizeof(TableCell);
  for (const TableCell& cell : row) {
    if (const auto* text = std::get_if<std::string>(&cell)) bytes += text->size();
    if (const auto* blob = std::get_if<Blob>(&cell)) bytes += blob->bytes.size();
  }
  return bytes;
}

/// Collects a result up to a size.
class TableSink : public RowSink {
 public:
  explicit TableSink(std::size_t most) : most_(most) {}
  void columns(const std::vector<std::string>& names) override { table.columns = names; }
  void row(std::vector<TableCell>& cells) override {
    bytes_ += bytes_of(cells);
    if (bytes_ > most_) {
      throw ConfigError(
          fmt::format("the query's result is larger than {} MB; narrow it with WHERE, LIMIT or fewer columns",
                      most_ >> 20U));
    }
    table.rows.push_back(std::move(cells));
  }

  Table table;

 private:
  std::size_t most_;
  std::size_t bytes_ = 0;
};

}  // namespace

std::size_t query_rows(Database& database, std::string_view sql, const std::vector<TableCell>& parameters,
                       RowSink& sink, const QueryLimits& limits) {
  const StatementPointer statement = compile(database, sql, limits.place);
  bind_all(database, statement.get(), parameters);
  bind_named(database, statement.get(), limits.named);
  const int columns = sqlite3_column_count(statement.get());
  std::vector<std::string> names;
  for (int column = 0; column < columns; ++column) {
    names.emplace_back(sqlite3_column_name(statement.get(), column));
  }
  sink.columns(names);
  const ProgressLimit progress(database.connection().getHandle(), limits);
  std::vector<TableCell> row;
  std::size_t rows = 0;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    row.resize(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
      read_cell(statement.get(), column, row[static_cast<std::size_t>(column)]);
    }
    sink.row(row);
    ++rows;
  }
  if (code == SQLITE_INTERRUPT) progress.throw_reason();
  if (code != SQLITE_DONE) throw_query_error(database, code);
  return rows;
}

Table query_table(Database& database, std::string_view sql, const std::vector<TableCell>& parameters,
                  const QueryLimits& limits) {
  TableSink sink(limits.bytes);
  query_rows(database, sql, parameters, sink, limits);
  return std::move(sink.table);
}

}  // namespace rnnbench
