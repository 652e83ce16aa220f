// The two formats for people: aligned columns and Markdown.
#include <fmt/format.h>

#include <algorithm>

#include "results/query/number_text.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kWidestCell = 300;

struct ReadableCell {
  std::string operator()(std::monostate) const { return "-"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return short_number(value); }
  std::string operator()(const std::string& value) const { return visible_text(value); }
  std::string operator()(const Blob& value) const { return fmt::format("<{} bytes>", value.bytes.size()); }
};

std::string readable(const TableCell& cell) { return std::visit(ReadableCell{}, cell); }

/// Numbers and what stands for them; a column of nothing else is aligned to the right.
bool is_number(const TableCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text == "NaN";
  return !std::holds_alternative<Blob>(cell);
}

bool is_numeric(const Table& table, std::size_t column) {
  return !table.rows.empty() && std::all_of(table.rows.begin(), table.rows.end(),
                                            [&](const auto& row) { return is_number(row[column]); });
}

void append_padded(std::string& line, const std::string& text, std::size_t width, bool to_the_right) {
  const std::size_t blanks = width - std::min(width, display_width(text));
  if (to_the_right) line.append(blanks, ' ');
  line += text;
  if (!to_the_right) line.append(blanks, ' ');
}

/// All cells as text, the header first.
std::vector<std::vector<std::string>> aligned_cells(const Table& table) {
  std::vector<std::vector<std::string>> lines(1);
  for (const std::string& column : table.columns) {
    lines[0].push_back(cut_to_width(visible_text(column), kWidestCell));
  }
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    line.reserve(row.size());
    for (const TableCell& cell : row) line.push_back(cut_to_width(readable(cell), kWidestCell));
  }
  return lines;
}

/// Inert inside a Markdown table: no cell border, link, emphasis by code or HTML.
std::string markdown_escaped(const std::string& text) {
  std::string escaped;
  for (const char letter : text) {
    switch (letter) {
      case '|':
      case '\\':
      case '[':
      case ']':
      case '`':
      case '*':
        escaped += '\\';
        escaped += letter;
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      default:
        escaped += letter;
    }
  }
  return escaped;
}

}  // namespace

std::string aligned_text(const Table& table) {
  const auto lines = aligned_cells(table);
  const std::size_t columns = table.columns.size();
  std::vector<std::size_t> widths(columns, 0);
  std::vector<bool> numeric(columns);
  for (std::size_t column = 0; column < columns; ++column) {
    for (const auto& line : lines) widths[column] = std::max(widths[column], display_width(line[column]));
    numeric[column] = is_numeric(table, column);
  }
  std::string text;
  for (const auto& line : lines) {
    const std::size_t begin = text.size();
    for (std::size_t column = 0; column < columns; ++column) {
      if (column > 0) text += "  ";
      append_padded(text, line[column], widths[column], numeric[column]);
    }
    const std::size_t last = text.find_last_not_of(' ');
    text.resize(std::max(begin, last + 1));
    text += '\n';
  }
  return text;
}

std::string markdown_text(const Table& table) {
  std::string header = "|";
  std::string rule = "|";
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    header += fmt::format(" {} |", markdown_escaped(visible_text(table.columns[column])));
    rule += is_numeric(table, column) ? "---:|" : "---|";
  }
  std::string text = header + '\n' + rule + '\n';
  for (const auto& row : table.rows) {
    text += "|";
    for (const TableCell& cell : row) text += fmt::format(" {} |", markdown_escaped(readable(cell)));
    text += '\n';
  }
  return text;
}

}  // namespace rnnbench
