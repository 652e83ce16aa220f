#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "results/query/query_table.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// How NULL, NaN and infinities are written. In the database a recorded NaN is NULL; named queries and
/// `show` turn it into the text NaN, so that it differs from what was never recorded:
///
///   format    NULL   recorded NaN   infinities     numbers                    bytes
///   table     -      NaN            inf, -inf      six digits                 <12 bytes>
///   markdown  -      NaN            inf, -inf      six digits                 <12 bytes>
///   csv       empty  NaN            inf, -inf      all digits (exact_number)  hexadecimal
///   json      null   "NaN"          "inf", "-inf"  all digits (exact_number)  hexadecimal
///
/// An empty text in CSV is "" (quoted), so that it differs from NULL.
enum class TableFormat { kTable, kCsv, kJson, kMarkdown };

/// "table", "csv", "json", "markdown".
std::vector<std::string> table_format_names();

/// Throws ConfigError for another name.
TableFormat table_format(std::string_view name);

/// The table as text that ends with a line end (JSON: an array of objects). `table` cuts texts at 300
/// columns; it and `markdown` show control characters and escapes as \n, \x1b, …
std::string format_table(const Table& table, TableFormat format);

/// Takes a text piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// Runs a query as query_rows() and hands its result over as text; `csv` and `json` as it is read, in little
/// memory. Returns how many rows there were. On an error, pieces may have been handed over.
std::size_t write_query(Database& database, const std::string& sql, const std::vector<TableCell>& parameters,
                        TableFormat format, const TextSink& sink, const QueryLimits& limits = {});

/// The formats by themselves.
std::string aligned_text(const Table& table);
std::string markdown_text(const Table& table);
std::string csv_text(const Table& table);   ///< RFC 4180, but lines end with \n
std::string json_text(const Table& table);  ///< a repeated column's name gets _2, _3, …

}  // namespace rnnbench
