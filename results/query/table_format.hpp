#pragma once

#include <string>
#include <string_view>
#include <vector>

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

/// The formats by themselves.
std::string aligned_text(const Table& table);
std::string markdown_text(const Table& table);
std::string csv_text(const Table& table);   ///< RFC 4180, but lines end with \n
std::string json_text(const Table& table);  ///< a repeated column's name gets _2, _3, …

}  // namespace rnnbench
