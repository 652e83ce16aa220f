#include <fmt/format.h>

#include <sstream>

#include "results/query/comparison.hpp"
#include "results/query/number_text.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostColumns = 6;
constexpr std::size_t kMostThings = 12;
constexpr std::size_t kWidestText = 60;

/// "0.81 ± 0.01 (3)" of a group, the number alone of a run.
TableCell readable(const ComparedCell& cell, bool is_group) {
  if (const auto* text = std::get_if<std::string>(&cell.value))
    return cut_to_width(visible_text(*text), kWidestText);
  const auto* mean = std::get_if<double>(&cell.value);
  if (mean == nullptr || !is_group) return cell.value;
  const auto* deviation = std::get_if<double>(&cell.deviation);
  if (deviation == nullptr) return fmt::format("{} (1)", short_number(*mean));
  return fmt::format("{} ± {:.3g} ({})", short_number(*mean), *deviation, cell.n);
}

Table things_in_lines(const Comparison& comparison, const std::vector<const ComparedRow*>& rows) {
  Table table{{rows[0]->section}, {}};
  for (const std::string& subject : comparison.subjects)
    table.columns.push_back(cut_to_width(subject, kWidestText));
  for (const ComparedRow* row : rows) {
    auto& line = table.rows.emplace_back();
    line.emplace_back(row->name);
    for (std::size_t subject = 0; subject < row->cells.size(); ++subject) {
      line.push_back(readable(row->cells[subject], comparison.are_groups[subject]));
    }
  }
  return table;
}

Table subjects_in_lines(const Comparison& comparison, const std::vector<const ComparedRow*>& rows) {
  Table table{{rows[0]->section}, {}};
  const std::size_t shown = std::min(rows.size(), kMostThings);
  for (std::size_t thing = 0; thing < shown; ++thing) table.columns.push_back(rows[thing]->name);
  for (std::size_t subject = 0; subject < comparison.subjects.size(); ++subject) {
    auto& line = table.rows.emplace_back();
    line.emplace_back(cut_to_width(comparison.subjects[subject], kWidestText));
    for (std::size_t thing = 0; thing < shown; ++thing) {
      line.push_back(readable(rows[thing]->cells[subject], comparison.are_groups[subject]));
    }
  }
  return table;
}

/// Lines, or a table where it is Markdown.
std::string verdicts_text(const Comparison& comparison, TableFormat format) {
  if (format == TableFormat::kMarkdown) {
    Table table{{"verdict"}, {}};
    for (const SubjectVerdict& verdict : comparison.verdicts) {
      std::istringstream lines(verdict_line(verdict));
      for (std::string line; std::getline(lines, line);) table.rows.push_back({line});
    }
    return comparison.verdicts.empty() ? "" : format_table(table, format);
  }
  std::string text;
  for (const SubjectVerdict& verdict : comparison.verdicts) {
    std::istringstream lines(verdict_line(verdict));
    std::string indent;
    for (std::string line; std::getline(lines, line); indent = "  ") text += indent + line + '\n';
  }
  return text;
}

std::string for_reading(const Comparison& comparison, TableFormat format) {
  std::string text = verdicts_text(comparison, format);
  for (const TableSection& section : comparison_sections(comparison)) {
    if (!text.empty()) text += '\n';
    text += section.table.rows.empty() ? fmt::format("{}: nothing differs\n", section.name)
                                       : format_table(section.table, format);
    for (const std::string& note : section.notes) text += note + "\n";
  }
  for (const std::string& note : comparison.notes) text += fmt::format("\n{}\n", note);
  return text;
}

Table for_programs(const Comparison& comparison) {
  Table table{{"section", "name", "subject", "value", "sd", "n"}, {}};
  for (const ComparedRow& row : comparison.rows) {
    for (std::size_t subject = 0; subject < row.cells.size(); ++subject) {
      const ComparedCell& cell = row.cells[subject];
      table.rows.push_back(
          {row.section, row.name, comparison.subjects[subject], cell.value, cell.deviation, cell.n});
    }
  }
  for (const SubjectVerdict& verdict : comparison.verdicts) {
    for (const VerdictFact& fact : verdict_facts(verdict)) {
      table.rows.push_back(
          {std::string("verdicts"), fact.name, verdict.subject, fact.value, TableCell{}, fact.n});
    }
  }
  return table;
}

}  // namespace

std::vector<TableSection> comparison_sections(const Comparison& comparison) {
  std::vector<TableSection> sections;
  for (const char* name : {"settings", "metrics", "timings", "environments"}) {
    std::vector<const ComparedRow*> rows;
    for (const ComparedRow& row : comparison.rows) {
      if (row.section == name) rows.push_back(&row);
    }
    const bool left_out =
        rows.empty() && !comparison.notes.empty() && name == std::string_view("environments");
    if (left_out) continue;
    TableSection& section = sections.emplace_back(TableSection{name, name, {}});
    if (rows.empty()) continue;
    const bool wide = comparison.subjects.size() > kMostColumns;
    section.table = wide ? subjects_in_lines(comparison, rows) : things_in_lines(comparison, rows);
    if (wide && rows.size() > kMostThings)
      section.notes.push_back(
          fmt::format("{} more of {} are in --format csv", rows.size() - kMostThings, name));
  }
  return sections;
}

std::string comparison_text(const Comparison& comparison, TableFormat format) {
  if (format == TableFormat::kCsv || format == TableFormat::kJson) {
    return format_table(for_programs(comparison), format);
  }
  return for_reading(comparison, format);
}

}  // namespace rnnbench
