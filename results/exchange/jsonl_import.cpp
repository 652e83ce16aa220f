#include "results/exchange/jsonl_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "harness/core/error.hpp"
#include "harness/core/file_reader.hpp"
#include "harness/core/nearest.hpp"
#include "results/exchange/exact_text.hpp"
#include "results/exchange/table_loader.hpp"
#include "results/exchange/tables_format.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

using nlohmann::json;

/// Of a line, in bytes.
constexpr std::size_t kLongestLine = 1'000'000'000;

/// Goes through the lines of a file.
class Lines {
 public:
  Lines(const std::filesystem::path& path, const std::stop_token& stop)
      : file_(path, stop), place_{path, 0} {}

  /// The next line that is not blank, valid until the next call; nothing at the end.
  std::optional<std::string_view> next() {
    while (fill()) {
      ++place_.line;
      const std::size_t end = buffer_.find('\n', at_);
      const std::string_view line = std::string_view(buffer_).substr(at_, end - at_);
      at_ = end == std::string::npos ? buffer_.size() : end + 1;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) return line;
    }
    return std::nullopt;
  }
  const RowPlace& place() const { return place_; }

 private:
  /// Reads on until the next line is in the buffer; false at the end.
  bool fill() {
    for (std::size_t searched = at_; buffer_.find('\n', searched) == std::string::npos;) {
      if (buffer_.size() - at_ > kLongestLine)
        RowPlace{place_.file, place_.line + 1}.fail("a line of more than 1000 MB");
      buffer_.erase(0, at_);
      at_ = 0;
      searched = buffer_.size();
      if (!file_.read_more(buffer_)) return !buffer_.empty();
    }
    return true;
  }

  FileReader file_;
  std::string buffer_;
  std::size_t at_ = 0;  ///< in the buffer
  RowPlace place_;
};

json parsed(std::string_view line, const RowPlace& place) {
  constexpr int kMostLevels = 3;
  std::array<std::size_t, kMostLevels + 1> keys{};  // of the open object at each level
  try {
    return json::parse(line, [&](int depth, json::parse_event_t event, json& value) {
      if (depth > kMostLevels) place.fail("values within a row are no lists or objects");
      const auto level = static_cast<std::size_t>(depth);
      if (event == json::parse_event_t::object_start) keys[level] = 0;
      if (event == json::parse_event_t::key) ++keys[level - 1];
      if (event == json::parse_event_t::object_end && value.size() != keys[level])
        place.fail("a key is there twice, and only one of its values can count");
      return true;
    });
  } catch (const json::exception&) {
    place.fail(
        "the line is no JSON, or holds bytes that are no UTF-8; give the file as `rnnbench export` wrote it");
  }
}

std::optional<TableCell> cell_of(const json& value, ColumnType type) {
  if (value.is_null()) return std::monostate{};
  if (type == ColumnType::kReal && value.is_number()) return value.get<double>();
  if (type == ColumnType::kInteger) {
    const bool fits = value.is_number_integer() &&
                      !(value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX});
    return fits ? std::optional<TableCell>(value.get<std::int64_t>()) : std::nullopt;
  }
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (type == ColumnType::kReal && text != "inf" && text != "-inf") return std::nullopt;
  return exact_value(text, type);
}

void read_row(const json& line, TableLoader& loader, const RowPlace& place) {
  if (!line.is_object() || !line.contains("table") || !line["table"].is_string() || !line.contains("row") ||
      !line["row"].is_object()) {
    place.fail(R"(a line is {"table":"NAME","row":{…}}, the last one {"end":{"rows":NUMBER}})");
  }
  const TableShape& table = loader.table(line["table"].get<std::string>(), place);
  const json& row = line["row"];
  std::vector<TableCell> cells;
  for (const ColumnShape& column : table.columns) {
    const auto value = row.find(column.name);
    if (value == row.end()) place.fail(fmt::format("the row of {} lacks {}", table.name, column.name));
    auto cell = cell_of(*value, column.type);
    if (!cell)
      place.fail(
          fmt::format("{}.{} holds {}, and this is none", table.name, column.name, name_of(column.type)));
    cells.push_back(std::move(*cell));
  }
  for (const auto& [name, value] : row.items()) {
    if (std::ranges::find(table.columns, name, &ColumnShape::name) != table.columns.end()) continue;
    std::vector<std::string> names;
    for (const ColumnShape& column : table.columns) names.push_back(column.name);
    place.fail(fmt::format("{} has no column '{}'{}", table.name, cut_to_width(visible_text(name), 60),
                           suggestion(name, names)));
  }
  loader.add(table, cells, place);
}

/// The number of rows that the last line states; nothing for another line.
std::optional<std::int64_t> rows_at_end(const json& line) {
  if (!line.is_object() || !line.contains("end") || !line["end"].is_object()) return std::nullopt;
  const json& rows = line["end"].value("rows", json());
  return rows.is_number_integer() ? std::optional(rows.get<std::int64_t>()) : std::nullopt;
}

/// The rows up to the last line, which must be there.
void read_rows(Lines& lines, TableLoader& loader, const std::stop_token& stop) {
  std::int64_t rows = 0;
  while (const auto line = lines.next()) {
    if (stop.stop_requested()) throw Interrupted();
    const json value = parsed(*line, lines.place());
    if (const auto stated = rows_at_end(value)) {
      if (*stated != rows)
        lines.place().fail(fmt::format(
            "there are {} rows before this line, which says {}: the file was cut or changed", rows, *stated));
      if (lines.next())
        lines.place().fail("there is more behind the last line, {\"end\":…}: give one export a file");
      return;
    }
    read_row(value, loader, lines.place());
    ++rows;
  }
  lines.place().fail("the last line, {\"end\":…}, is missing: the file was cut; export it again");
}

}  // namespace

MergeReport import_jsonl(const std::filesystem::path& file, const std::filesystem::path& target,
                         const std::stop_token& stop) {
  Lines lines(file, stop);
  const auto first = lines.next();
  const TablesHeader header =
      tables_header(std::string(first.value_or("")).substr(0, 10'000), fmt::format("{}:1", file.string()));
  TableLoader loader(header.schema);
  read_rows(lines, loader, stop);
  return merge_loaded(loader, target);
}

}  // namespace rnnbench
