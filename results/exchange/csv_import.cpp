#include "results/exchange/csv_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/core/csv_blocks.hpp"
#include "harness/core/csv_records.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/nearest.hpp"
#include "results/exchange/exact_text.hpp"
#include "results/exchange/table_loader.hpp"
#include "results/exchange/tables_format.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestField = 1'000'000'000;

std::string shown(const std::string& text) { return cut_to_width(visible_text(text), 60); }

/// For each field of a record the place of its column in the table.
std::vector<std::size_t> columns_of_header(const std::vector<std::string>& header, const TableShape& table,
                                           const RowPlace& place) {
  std::vector<std::string> names;
  for (const ColumnShape& column : table.columns) names.push_back(column.name);
  std::vector<std::size_t> columns;
  for (const std::string& name : header) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
      place.fail(fmt::format("{} has no column '{}'{}", table.name, shown(name), suggestion(name, names)));
    columns.push_back(static_cast<std::size_t>(found - names.begin()));
    if (std::ranges::count(columns, columns.back()) > 1)
      place.fail(fmt::format("the column {} is there twice", name));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::ranges::find(columns, i) == columns.end())
      place.fail(fmt::format("the column {} of {} is missing", names[i], table.name));
  }
  return columns;
}

std::int64_t read_table(const fs::path& path, const TableShape& table, TableLoader& loader,
                        const std::stop_token& stop) {
  CsvBlocks blocks(path, stop);
  CsvRecords records(blocks.next(), path, kLongestField, [&] { return blocks.next(); });
  std::vector<std::string> fields;
  if (!records.next(fields)) RowPlace{path, 1}.fail("the line with the columns is missing");
  const std::vector<std::size_t> columns = columns_of_header(fields, table, {path, records.line()});
  std::vector<TableCell> row(columns.size());
  std::int64_t rows = 0;
  for (; records.next(fields); ++rows) {
    if (stop.stop_requested()) throw Interrupted();
    const RowPlace place{path, records.line()};
    if (fields.size() != columns.size())
      place.fail(fmt::format("{} fields where the first line has {}", fields.size(), columns.size()));
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const ColumnShape& column = table.columns[columns[i]];
      const bool is_null = fields[i].empty() && !records.is_quoted(i);
      auto cell = is_null ? std::optional<TableCell>(std::monostate{}) : exact_value(fields[i], column.type);
      if (!cell)
        place.fail(fmt::format("'{}' in the column {} is no {}", shown(fields[i]), column.name,
                               name_of(column.type)));
      row[columns[i]] = std::move(*cell);
    }
    loader.add(table, row, place);
  }
  return rows;
}

}  // namespace

MergeReport import_csv(const fs::path& folder, const fs::path& target, const std::stop_token& stop) {
  const fs::path manifest = folder / kManifestName;
  const TablesHeader header = tables_header(read_file(manifest), manifest.string());
  TableLoader loader(header.schema);
  for (const auto& [name, rows] : header.rows) loader.table(name, {manifest, 1});
  for (const TableShape& table : table_shapes(header.schema)) {
    const auto stated = header.rows.find(table.name);
    if (stated == header.rows.end()) {
      throw DataError(fmt::format("{}: it says nothing of the table {}", manifest.string(), table.name));
    }
    const fs::path path = folder / csv_file_name(table.name);
    const std::int64_t rows = read_table(path, table, loader, stop);
    if (rows != stated->second) {
      throw DataError(fmt::format("{}: {} rows where {} says {}: the file was cut or changed", path.string(),
                                  rows, kManifestName, stated->second));
    }
  }
  return merge_loaded(loader, target);
}

}  // namespace rnnbench
