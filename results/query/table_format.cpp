#include "results/query/table_format.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {

std::vector<std::string> table_format_names() { return {"table", "csv", "json", "markdown"}; }

TableFormat table_format(std::string_view name) {
  const std::vector<std::string> names = table_format_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw ConfigError(fmt::format("unknown format '{}'{}", name, suggestion(name, names)));
  return static_cast<TableFormat>(found - names.begin());
}

std::string format_table(const Table& table, TableFormat format) {
  switch (format) {
    case TableFormat::kCsv:
      return csv_text(table);
    case TableFormat::kJson:
      return json_text(table);
    case TableFormat::kMarkdown:
      return markdown_text(table);
    case TableFormat::kTable:
      break;
  }
  return aligned_text(table);
}

}  // namespace rnnbench
