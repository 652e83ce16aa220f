#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/exchange/table_shapes.hpp"
#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// What an export of tables came to.
struct TablesReport {
  std::int64_t runs = 0, rows = 0;
  int tables = 0;
};

/// Gets the rows of all tables, table by table, as they are read.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual void begin_table(const TableShape& table) = 0;
  /// A cell for each column, in the order of the shape.
  virtual void row(const std::vector<TableCell>& cells) = 0;
  virtual void end_table(std::int64_t rows) = 0;
};

/// Hands over all rows that the chosen runs need (see rows_of_runs), each table after those that it refers
/// to; of all runs the whole database. Everything is as of one moment, while others may write. Throws
/// StoreError, Interrupted.
TablesReport write_tables(Database& database, const std::vector<RunId>& runs, TableWriter& writer,
                          const std::stop_token& stop);

}  // namespace rnnbench
