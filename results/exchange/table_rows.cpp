#include "results/exchange/table_rows.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "results/exchange/row_selection.hpp"
#include "results/query/query_table.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

/// Keeps a connection reading the database as it is now: SQLite does so while one of its statements is
/// under way.
class Moment {
 public:
  explicit Moment(Database& database) : statement_(database.connection(), "SELECT 1 FROM sqlite_schema") {
    with_store_errors(database.path(), [&] { statement_.executeStep(); });
  }

 private:
  SQLite::Statement statement_;
};

class RowsOfTable : public RowSink {
 public:
  explicit RowsOfTable(TableWriter& writer) : writer_(writer) {}
  void columns(const std::vector<std::string>& /*names*/) override {}
  void row(std::vector<TableCell>& cells) override { writer_.row(cells); }

 private:
  TableWriter& writer_;
};

std::string column_names(const TableShape& table) {
  std::string names;
  for (const ColumnShape& column : table.columns)
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", column.name);
  return names;
}

}  // namespace

TablesReport write_tables(Database& database, const std::vector<RunId>& runs, TableWriter& writer,
                          const std::stop_token& stop) {
  const Moment moment(database);
  const std::vector<TableShape> shapes = table_shapes(newest_schema());
  const Table recorded = query_table(database, "SELECT count(*) FROM runs");
  const bool is_whole = std::get<std::int64_t>(recorded.rows[0][0]) == static_cast<std::int64_t>(runs.size());
  const std::string numbers = fmt::format("[{}]", fmt::join(runs, ","));
  QueryLimits limits{.time = std::chrono::hours(1'000), .stop = [&stop] { return stop.stop_requested(); }};
  TablesReport report{static_cast<std::int64_t>(runs.size()), 0, static_cast<int>(shapes.size())};
  for (const TableShape& table : shapes) {
    const std::string condition = is_whole ? "TRUE" : rows_of_runs(shapes, table.name);
    const bool is_asked = condition.find("?1") != std::string::npos;
    RowsOfTable rows(writer);
    writer.begin_table(table);
    const std::size_t count = query_rows(
        database,
        fmt::format("SELECT {} FROM {} WHERE {} ORDER BY 1", column_names(table), table.name, condition),
        is_asked ? std::vector<TableCell>{numbers} : std::vector<TableCell>{}, rows, limits);
    writer.end_table(static_cast<std::int64_t>(count));
    report.rows += static_cast<std::int64_t>(count);
  }
  return report;
}

}  // namespace rnnbench
