// The two formats for programs: CSV and JSON.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "results/query/number_text.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

std::string hexadecimal(const std::string& bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    constexpr const char* kDigits = "0123456789abcdef";
    text += kDigits[static_cast<unsigned char>(byte) >> 4U];
    text += kDigits[static_cast<unsigned char>(byte) & 15U];
  }
  return text;
}

std::string csv_quoted(const std::string& text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

struct CsvCell {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return exact_number(value); }
  std::string operator()(const std::string& value) const { return csv_quoted(value); }
  std::string operator()(const Blob& value) const { return hexadecimal(value.bytes); }
};

std::string json_quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

struct JsonCell {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    return std::isfinite(value) ? exact_number(value) : fmt::format("\"{}\"", exact_number(value));
  }
  std::string operator()(const std::string& value) const { return json_quoted(value); }
  std::string operator()(const Blob& value) const { return fmt::format("\"{}\"", hexadecimal(value.bytes)); }
};

std::vector<std::string> json_keys(const std::vector<std::string>& columns) {
  std::set<std::string> used;
  std::vector<std::string> keys;
  for (const std::string& column : columns) {
    std::string key = column;
    for (int number = 2; !used.insert(key).second; ++number) key = fmt::format("{}_{}", column, number);
    keys.push_back(json_quoted(key));
  }
  return keys;
}

}  // namespace

std::string csv_text(const Table& table) {
  std::vector<std::string> header;
  for (const std::string& column : table.columns) header.push_back(csv_quoted(column));
  std::string text = fmt::format("{}\n", fmt::join(header, ","));
  for (const auto& row : table.rows) {
    std::vector<std::string> cells;
    for (const TableCell& cell : row) cells.push_back(std::visit(CsvCell{}, cell));
    text += fmt::format("{}\n", fmt::join(cells, ","));
  }
  return text;
}

std::string json_text(const Table& table) {
  const std::vector<std::string> keys = json_keys(table.columns);
  std::vector<std::string> objects;
  for (const auto& row : table.rows) {
    std::vector<std::string> members;
    for (std::size_t column = 0; column < row.size(); ++column) {
      members.push_back(fmt::format("{}: {}", keys[column], std::visit(JsonCell{}, row[column])));
    }
    objects.push_back(fmt::format("{{{}}}", fmt::join(members, ", ")));
  }
  return objects.empty() ? "[]\n" : fmt::format("[\n{}\n]\n", fmt::join(objects, ",\n"));
}

}  // namespace rnnbench
