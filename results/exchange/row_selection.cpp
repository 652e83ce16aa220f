#include "results/exchange/row_selection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rnnbench {
namespace {

constexpr const char* kRuns = "runs";
constexpr const char* kParity = "parity_records";

/// Rows of these are chosen by what they say; rows of others by their references.
bool is_chosen(const std::string& table) { return table == kRuns || table == kParity; }

/// That a row is part of a row of another table.
bool is_part(const TableShape& shape, const TableReference& reference) {
  return reference.is_part && !is_chosen(shape.name);
}

}  // namespace

std::string rows_of_runs(const std::vector<TableShape>& shapes, const std::string& table) {
  if (table == kRuns) return "id IN (SELECT value FROM json_each(?1))";
  if (table == kParity) {
    return fmt::format("model IN (SELECT settings -> '$.model' FROM trials WHERE {})",
                       rows_of_runs(shapes, "trials"));
  }
  const auto shape = std::ranges::find(shapes, table, &TableShape::name);
  std::string parents;
  for (const TableReference& reference : shape->references) {
    if (!is_part(*shape, reference)) continue;
    parents +=
        fmt::format("{}{} IN (SELECT {} FROM {} WHERE {})", parents.empty() ? "" : " AND ", reference.column,
                    reference.to, reference.table, rows_of_runs(shapes, reference.table));
  }
  if (!parents.empty()) return parents;
  std::string users;
  for (const TableShape& user : shapes) {
    for (const TableReference& reference : user.references) {
      if (reference.table != table || is_part(user, reference)) continue;
      users += fmt::format("{}{} IN (SELECT {} FROM {} WHERE {})", users.empty() ? "" : " OR ", reference.to,
                           reference.column, user.name, rows_of_runs(shapes, user.name));
    }
  }
  return users.empty() ? "TRUE" : fmt::format("({})", users);
}

}  // namespace rnnbench
