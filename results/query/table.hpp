#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace rnnbench {

struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

/// One value of a result: NULL, an integer, a number (never NaN: SQLite has none), a text or bytes.
using TableCell = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

/// The result of a query; every row has a cell for each column.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<TableCell>> rows;
};

}  // namespace rnnbench
