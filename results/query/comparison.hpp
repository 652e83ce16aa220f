#pragma once

#include <string>
#include <vector>

#include "results/query/database.hpp"
#include "results/query/run_subjects.hpp"
#include "results/query/table_sections.hpp"
#include "results/query/verdicts.hpp"

namespace rnnbench {

/// What one subject has of one thing.
struct ComparedCell {
  TableCell value;      ///< a text (settings, environment), a mean, the text NaN, or NULL: nothing
  TableCell deviation;  ///< sample standard deviation, NULL below two values
  std::int64_t n = 0;   ///< over how many values; 0 of texts
};

/// One thing side by side, a cell a subject.
struct ComparedRow {
  std::string section;  ///< "settings", "metrics", "timings", "environments"
  std::string name;
  std::vector<ComparedCell> cells;
};

struct Comparison {
  std::vector<std::string> subjects;  ///< labels
  std::vector<bool> are_groups;
  std::vector<ComparedRow> rows;         ///< of settings and environments only what differs
  std::vector<SubjectVerdict> verdicts;  ///< of each subject but the first
  std::vector<std::string> notes;        ///< what was left out, and why
};

/// Puts subjects side by side. Where they have more than 500 runs together, only what run_summary has of a
/// run is compared, nothing is judged, and a note says so. Throws StoreError.
Comparison compare_subjects(Database& database, const std::vector<Subject>& subjects);

/// A table a section, as comparison_text() shows them; without rows where nothing differs.
std::vector<TableSection> comparison_sections(const Comparison& comparison);

/// For reading: the verdicts, then a table a section, things in lines; of more than six subjects, subjects in
/// lines and at most twelve things (a note says what is cut). For programs: one table of section, name,
/// subject, value, sd, n.
std::string comparison_text(const Comparison& comparison, TableFormat format);

}  // namespace rnnbench
