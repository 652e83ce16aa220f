#include "results/exchange/run_copy.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <optional>

#include "harness/core/error.hpp"
#include "results/exchange/bind_cell.hpp"
#include "results/exchange/table_rows.hpp"
#include "results/store/row_copy.hpp"
#include "results/store/schema.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

/// Puts rows into the same tables of another database.
class TableCopy : public TableWriter {
 public:
  explicit TableCopy(SQLite::Database& target) : target_(target) {}

  void begin_table(const TableShape& table) override {
    std::vector<std::string> columns;
    for (const ColumnShape& column : table.columns) columns.push_back(column.name);
    insert_.emplace(target_, fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, column_list(columns),
                                         placeholders(columns.size())));
  }
  void row(const std::vector<TableCell>& cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) bind_cell(*insert_, static_cast<int>(i) + 1, cells[i]);
    insert_->exec();
    insert_->reset();
  }
  void end_table(std::int64_t /*rows*/) override { insert_.reset(); }

 private:
  SQLite::Database& target_;
  std::optional<SQLite::Statement> insert_;
};

}  // namespace

std::string copy_of_runs(Database& database, const std::vector<RunId>& runs, const std::stop_token& stop) {
  return with_store_errors(database.path(), [&] {
    SQLite::Database copy(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(copy, ":memory:");
    SQLite::Transaction transaction(copy);
    TableCopy rows(copy);
    write_tables(database, runs, rows, stop);
    transaction.commit();
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
        sqlite3_serialize(copy.getHandle(), "main", &size, 0), &sqlite3_free);
    if (bytes == nullptr) throw StoreError("no memory for a copy of the runs; choose fewer");
    return std::string(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
  });
}

}  // namespace rnnbench
