#include "results/exchange/table_loader.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/core/records.hpp"
#include "results/exchange/bind_cell.hpp"
#include "results/exchange/trial_key.hpp"
#include "results/query/plain_text.hpp"
#include "results/store/row_copy.hpp"
#include "results/store/run_copies.hpp"
#include "results/store/schema.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// "runs by run_id, environments by environment_id".
std::string references_of(const TableShape& table) {
  std::string text;
  for (const TableReference& reference : table.references)
    text += fmt::format("{}{} by {}", text.empty() ? "" : ", ", reference.table, reference.column);
  return text;
}

/// The value of a column, if it has one of this type.
template <typename Value>
const Value* value_in(const TableShape& table, const std::vector<TableCell>& row, const std::string& column) {
  const auto found = std::ranges::find(table.columns, column, &ColumnShape::name);
  return found == table.columns.end()
             ? nullptr
             : std::get_if<Value>(&row.at(static_cast<std::size_t>(found - table.columns.begin())));
}

std::string text_in(const TableShape& table, const std::vector<TableCell>& row, const std::string& column) {
  const auto* text = value_in<std::string>(table, row, column);
  return text != nullptr ? *text : "";
}

/// What is wrong with a row that its table would take; "" for a right one.
std::string fault_of(const TableShape& table, const std::vector<TableCell>& row) {
  if (table.name == "trials")
    return fault_of_trial(text_in(table, row, "key"), text_in(table, row, "settings"));
  if (table.name != "timings") return "";
  const auto* total = value_in<std::int64_t>(table, row, "total_ns");
  return total != nullptr && (*total < 0 || *total > kLongestSampleNs)
             ? "no duration: it is below 0 or above 10 years"
             : "";
}

bool is_refusal(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xFF;
  return code == SQLITE_CONSTRAINT || code == SQLITE_TOOBIG || code == SQLITE_MISMATCH;
}

}  // namespace

void RowPlace::fail(const std::string& what) const {
  throw DataError(fmt::format("{}:{}: {}", file.string(), line, what));
}

TableLoader::TableLoader(int schema) : schema_(schema), shapes_(table_shapes(schema)) {
  const fs::path path = folder_.path() / "tables.db";
  with_store_errors(path, [&] {
    database_ =
        std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(*database_, path, schema);
    database_->exec("PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; BEGIN");
  });
}

TableLoader::~TableLoader() = default;

const TableShape& TableLoader::table(const std::string& name, const RowPlace& place) const {
  const auto found = std::ranges::find(shapes_, name, &TableShape::name);
  if (found != shapes_.end()) return *found;
  std::vector<std::string> names;
  for (const TableShape& shape : shapes_) names.push_back(shape.name);
  place.fail(
      fmt::format("there is no table '{}'{}", cut_to_width(visible_text(name), 60), suggestion(name, names)));
}

SQLite::Statement& TableLoader::insertion(const TableShape& table) {
  if (const auto known = insertions_.find(table.name); known != insertions_.end()) return known->second;
  const std::string sql =
      fmt::format("INSERT INTO {} VALUES ({})", table.name, placeholders(table.columns.size()));
  return insertions_.emplace(table.name, SQLite::Statement(*database_, sql)).first->second;
}

void TableLoader::add(const TableShape& table, const std::vector<TableCell>& row, const RowPlace& place) {
  if (const std::string fault = fault_of(table, row); !fault.empty()) place.fail(fault);
  with_store_errors(folder_.path(), [&] {
    SQLite::Statement& insert = insertion(table);
    try {
      for (int i = 0; i < static_cast<int>(row.size()); ++i)
        bind_cell(insert, i + 1, row[static_cast<std::size_t>(i)]);
      insert.exec();
      insert.reset();
    } catch (const SQLite::Exception& error) {
      if (!is_refusal(error)) throw;
      const bool is_reference = error.getExtendedErrorCode() == SQLITE_CONSTRAINT_FOREIGNKEY;
      place.fail(is_reference
                     ? fmt::format("the row refers to one that isn't there before it; {} refers to {}",
                                   table.name, references_of(table))
                     : fmt::format("{} can't hold this row: {}", table.name, error.what()));
    }
  });
}

fs::path TableLoader::finish() {
  insertions_.clear();
  with_store_errors(folder_.path(), [&] {
    if (schema_ == newest_schema()) remake_copies(*database_);  // whatever the file says of them
    database_->exec("COMMIT");
  });
  database_.reset();
  return folder_.path() / "tables.db";
}

MergeReport merge_loaded(TableLoader& loader, const fs::path& target) {
  return merge_database(loader.finish(), target);
}

}  // namespace rnnbench
