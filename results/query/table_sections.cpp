#include "results/query/table_sections.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

std::vector<const TableSection*> chosen(const std::vector<TableSection>& sections,
                                        const std::vector<std::string>& only) {
  std::vector<std::string> names;
  for (const TableSection& section : sections) names.push_back(section.name);
  for (const std::string& name : only) {
    if (std::ranges::find(names, name) == names.end()) {
      throw ConfigError(fmt::format("--only: no section '{}'{}", name, suggestion(name, names)));
    }
  }
  std::vector<const TableSection*> chosen;
  for (const TableSection& section : sections) {
    if (only.empty() || std::ranges::find(only, section.name) != only.end()) chosen.push_back(&section);
  }
  return chosen;
}

std::string csv_of(const std::vector<const TableSection*>& sections) {
  if (sections.size() == 1) return csv_text(sections.front()->table);
  std::vector<std::string> names;
  for (const TableSection* section : sections) names.push_back(section->name);
  throw ConfigError(fmt::format("CSV holds one table: choose it with --only, of {}", fmt::join(names, ", ")));
}

std::string json_of(const std::vector<const TableSection*>& sections) {
  std::string text = "{";
  for (const TableSection* section : sections) {
    std::string rows = json_text(section->table);
    rows.pop_back();
    text += fmt::format("{}\n\"{}\": {}", text.size() == 1 ? "" : ",", section->name, rows);
  }
  return text + "\n}\n";
}

void cut_texts(Table& table, std::size_t width) {
  for (auto& row : table.rows) {
    for (TableCell& cell : row) {
      if (auto* text = std::get_if<std::string>(&cell)) *text = cut_to_width(visible_text(*text), width);
    }
  }
}

std::string for_reading(const TableSection& section, TableFormat format) {
  std::string text = fmt::format("{}{}\n\n", format == TableFormat::kMarkdown ? "### " : "", section.title);
  Table table = section.table;
  const std::size_t rows = table.rows.size();
  const bool is_cut = section.most_rows > 0 && rows > section.most_rows;
  if (is_cut) table.rows.resize(section.most_rows);
  if (section.widest_text > 0) cut_texts(table, section.widest_text);
  text += rows == 0 ? "none\n" : format_table(table, format);
  if (is_cut) {
    text += fmt::format("\n{} more rows: --top 0, or --format csv or json\n", rows - section.most_rows);
  }
  for (const std::string& note : section.notes) text += fmt::format("\n{}\n", note);
  return text;
}

}  // namespace

std::string format_sections(const std::vector<TableSection>& sections, const std::vector<std::string>& only,
                            TableFormat format, const std::vector<std::string>& also) {
  const std::vector<const TableSection*> wanted = chosen(sections, only);
  if (format == TableFormat::kCsv) return csv_of(wanted);
  if (format == TableFormat::kJson) return json_of(wanted);
  std::string text;
  for (const std::string& line : also) text += line + '\n';
  for (const TableSection* section : wanted) {
    if (!text.empty()) text += '\n';
    text += for_reading(*section, format);
  }
  return text;
}

}  // namespace rnnbench
