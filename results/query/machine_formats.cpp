// The two formats for programs: CSV and JSON.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "harness/core/csv_field.hpp"
#include "results/query/number_text.hpp"
#include "results/query/query_table.hpp"
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

struct CsvCell {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return exact_number(value); }
  std::string operator()(const std::string& value) const { return csv_field(value); }
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

class CsvWriter : public RowSink {
 public:
  explicit CsvWriter(const TextSink& text) : text_(text) {}

  void columns(const std::vector<std::string>& names) override {
    std::vector<std::string> header;
    for (const std::string& name : names) header.push_back(csv_field(name));
    text_(fmt::format("{}\n", fmt::join(header, ",")));
  }

  void row(std::vector<TableCell>& cells) override {
    std::string line;
    for (const TableCell& cell : cells) {
      line += std::visit(CsvCell{}, cell);
      line += ',';
    }
    if (line.empty()) return;
    line.back() = '\n';
    text_(line);
  }

 private:
  const TextSink& text_;
};

class JsonWriter : public RowSink {
 public:
  explicit JsonWriter(const TextSink& text) : text_(text) {}

  void columns(const std::vector<std::string>& names) override { keys_ = json_keys(names); }

  void row(std::vector<TableCell>& cells) override {
    std::string line = is_first_ ? "[\n{" : ",\n{";
    is_first_ = false;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (column > 0) line += ", ";
      line += keys_[column];
      line += ": ";
      line += std::visit(JsonCell{}, cells[column]);
    }
    text_(line + '}');
  }

  void finish() { text_(is_first_ ? "[]\n" : "\n]\n"); }

 private:
  const TextSink& text_;
  std::vector<std::string> keys_;
  bool is_first_ = true;
};

void write_rows(const Table& table, RowSink& sink) {
  sink.columns(table.columns);
  for (std::vector<TableCell> row : table.rows) sink.row(row);
}

/// Hands rows on in pieces that are worth a call.
class Buffered {
 public:
  explicit Buffered(const TextSink& sink) : sink_(sink) {}
  void operator()(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= kPiece) flush();
  }
  void flush() {
    sink_(buffer_);
    buffer_.clear();
  }

 private:
  static constexpr std::size_t kPiece = std::size_t{64} << 10U;
  const TextSink& sink_;
  std::string buffer_;
};

}  // namespace

std::string csv_text(const Table& table) {
  std::string text;
  const TextSink sink = [&](std::string_view piece) { text += piece; };
  CsvWriter writer(sink);
  write_rows(table, writer);
  return text;
}

std::string json_text(const Table& table) {
  std::string text;
  const TextSink sink = [&](std::string_view piece) { text += piece; };
  JsonWriter writer(sink);
  write_rows(table, writer);
  writer.finish();
  return text;
}

std::size_t write_query(Database& database, const std::string& sql, const std::vector<TableCell>& parameters,
                        TableFormat format, const TextSink& sink, const QueryLimits& limits) {
  if (format != TableFormat::kCsv && format != TableFormat::kJson) {
    const Table table = query_table(database, sql, parameters, limits);
    sink(format_table(table, format));
    return table.rows.size();
  }
  Buffered buffer(sink);
  const TextSink buffered = [&](std::string_view piece) { buffer(piece); };
  std::size_t rows = 0;
  if (format == TableFormat::kCsv) {
    CsvWriter writer(buffered);
    rows = query_rows(database, sql, parameters, writer, limits);
  } else {
    JsonWriter writer(buffered);
    rows = query_rows(database, sql, parameters, writer, limits);
    writer.finish();
  }
  buffer.flush();
  return rows;
}

}  // namespace rnnbench
