#include "results/exchange/parquet_sql.hpp"

#include <fmt/format.h>

#include "results/exchange/tables_format.hpp"

namespace rnnbench {
namespace {

/// As DuckDB reads it from CSV; blobs are decoded afterwards.
const char* type_in_csv(ColumnType type) {
  switch (type) {
    case ColumnType::kInteger:
      return "BIGINT";
    case ColumnType::kReal:
      return "DOUBLE";
    default:
      return "VARCHAR";
  }
}

std::string copy_sql(const TableShape& table) {
  std::string types, decoded;
  for (const ColumnShape& column : table.columns) {
    types += fmt::format("{}'{}': '{}'", types.empty() ? "" : ", ", column.name, type_in_csv(column.type));
    if (column.type != ColumnType::kBlob) continue;
    decoded +=
        fmt::format("{}from_base64(\"{}\") AS \"{}\"", decoded.empty() ? "" : ", ", column.name, column.name);
  }
  return fmt::format(
      "COPY (SELECT *{} FROM read_csv('{}', header = true, delim = ',', quote = '\"', escape = '\"', "
      "new_line = '\\n', "
      "nullstr = '',\n"
      "  allow_quoted_nulls = false, auto_detect = false, max_line_size = 300000000,\n"
      "  columns = {{{}}}))\nTO '{}.parquet' (FORMAT parquet);\n",
      decoded.empty() ? "" : fmt::format(" REPLACE ({})", decoded), csv_file_name(table.name), types,
      table.name);
}

}  // namespace

std::string parquet_sql(const std::vector<TableShape>& tables) {
  std::string sql = "-- For DuckDB, in this folder: writes each table as Parquet beside its CSV file.\n";
  for (const TableShape& table : tables) sql += copy_sql(table);
  return sql;
}

}  // namespace rnnbench
