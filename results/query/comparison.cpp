#include "results/query/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "results/query/flat_json.hpp"
#include "results/query/moments.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostRuns = 500;
constexpr std::size_t kValuesShown = 3;

using Values = std::set<std::string>;
/// What each subject has of each named thing.
using Texts = std::map<std::string, std::vector<Values>>;
using Numbers = std::map<std::string, std::vector<std::vector<TableCell>>>;

TableCell joined(const Values& values) {
  if (values.empty()) return {};
  std::string text;
  std::size_t shown = 0;
  for (const std::string& value : values) {
    if (shown++ == kValuesShown) return text + fmt::format(", … ({} values)", values.size());
    text += (text.empty() ? "" : ", ") + (value.empty() ? std::string("none") : value);
  }
  return text;
}

void add_differing(const Texts& texts, const char* section, Comparison& comparison) {
  for (const auto& [name, values] : texts) {
    const Values& first = values.front();
    if (std::ranges::all_of(values, [&](const Values& other) { return other == first; })) continue;
    ComparedRow row{section, name, {}};
    for (const Values& of_subject : values) row.cells.push_back({joined(of_subject), {}, 0});
    comparison.rows.push_back(std::move(row));
  }
}

ComparedCell cell_of(const Moments& moments) {
  return {moments.mean_cell(), moments.deviation_cell(), moments.n};
}

/// The mean of the numbers; NaN and missing ones are left out, and a NaN alone is shown as such.
ComparedCell summary(const std::vector<TableCell>& values) {
  Moments moments;
  bool any_nan = false;
  for (const TableCell& value : values) {
    if (const auto* number = std::get_if<double>(&value)) moments.add(*number);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) moments.add(static_cast<double>(*whole));
    any_nan = any_nan || std::holds_alternative<std::string>(value);
  }
  if (moments.n == 0 && any_nan) return {std::string("NaN"), {}, 0};
  return cell_of(moments);
}

void add_numbers(const Numbers& numbers, const char* section, Comparison& comparison) {
  for (const auto& [name, values] : numbers) {
    ComparedRow row{section, name, {}};
    for (const auto& of_subject : values) row.cells.push_back(summary(of_subject));
    comparison.rows.push_back(std::move(row));
  }
}

/// The runs of a subject as a JSON array, for one parameter.
TableCell run_numbers(const Subject& subject) { return fmt::format("[{}]", fmt::join(subject.runs, ",")); }

Texts settings_of(Database& database, const std::vector<Subject>& subjects) {
  Texts texts;
  for (std::size_t index = 0; index < subjects.size(); ++index) {
    for (const std::string& key : subjects[index].trials) {
      const Table table = query_table(database, "SELECT settings FROM trials WHERE key = ?", {key});
      for (const auto& [path, value] : flat_json(std::get<std::string>(table.rows.at(0).at(0)))) {
        texts.try_emplace(path, subjects.size()).first->second[index].insert(value);
      }
    }
  }
  return texts;
}

Texts columns_of(const std::vector<Subject>& subjects) {
  Texts texts;
  for (std::size_t column = 0; column < subject_columns().size(); ++column) {
    auto& values = texts[subject_columns()[column]];
    for (const Subject& subject : subjects) values.push_back(subject.columns[column]);
  }
  return texts;
}

Texts environments_of(Database& database, const std::vector<Subject>& subjects) {
  Texts texts;
  const char* kContents =
      "WITH chosen AS (SELECT value AS run FROM json_each(?)), "
      "places AS (SELECT id AS run, environment_id FROM runs WHERE id IN chosen "
      "UNION SELECT run_id, environment_id FROM resumes WHERE run_id IN chosen) "
      "SELECT DISTINCT content, engine_details FROM places JOIN runs ON runs.id = places.run "
      "JOIN environments ON environments.id = places.environment_id";
  for (std::size_t index = 0; index < subjects.size(); ++index) {
    for (const auto& row : query_table(database, kContents, {run_numbers(subjects[index])}).rows) {
      FlatJson flat = flat_json(std::get<std::string>(row[0]));
      flat.merge(flat_json(std::get<std::string>(row[1]), "engine"));
      for (const auto& [path, value] : flat) {
        texts.try_emplace(path, subjects.size()).first->second[index].insert(value);
      }
    }
  }
  return texts;
}

/// Rows of name, value, one a run.
Numbers numbers_of(Database& database, const std::vector<Subject>& subjects, const char* sql) {
  Numbers numbers;
  for (std::size_t index = 0; index < subjects.size(); ++index) {
    for (const auto& row : query_table(database, sql, {run_numbers(subjects[index])}).rows) {
      numbers.try_emplace(std::get<std::string>(row[0]), subjects.size())
          .first->second[index]
          .push_back(row[1]);
    }
  }
  return numbers;
}

constexpr const char* kMetrics =
    "SELECT name || CASE split WHEN '' THEN '' ELSE ':' || split END, coalesce(value, 'NaN'), max(epoch) "
    "FROM metrics WHERE run_id IN (SELECT value FROM json_each(?)) AND step = -1 GROUP BY run_id, name, "
    "split";

constexpr const char* kTimings =
    "SELECT phase || ' ms' || CASE clock WHEN 'host' THEN '' ELSE ' (' || clock || ')' END, "
    "median(median_ns) / 1e6 FROM timings WHERE run_id IN (SELECT value FROM json_each(?)) AND NOT warmup "
    "GROUP BY run_id, phase, clock";

void add_figures(const std::vector<Subject>& subjects, const std::set<std::string>& names,
                 const char* section, Comparison& comparison) {
  const std::size_t figures = subject_figures().size();
  for (std::size_t figure = 0; figure < figures; ++figure) {
    if (!names.contains(subject_figures()[figure])) continue;
    ComparedRow row{section, subject_figures()[figure], {}};
    for (const Subject& subject : subjects) {
      Moments moments;
      for (std::size_t at = figure; at < subject.figures.size(); at += figures) {
        if (subject.figures[at] == subject.figures[at]) moments.add(subject.figures[at]);
      }
      row.cells.push_back(cell_of(moments));
    }
    comparison.rows.push_back(std::move(row));
  }
}

}  // namespace

Comparison compare_subjects(Database& database, const std::vector<Subject>& subjects) {
  Comparison comparison;
  std::size_t runs = 0;
  for (const Subject& subject : subjects) {
    comparison.subjects.push_back(subject.label);
    comparison.are_groups.push_back(subject.is_group);
    runs += subject.runs.size();
  }
  if (runs > kMostRuns) {
    add_differing(columns_of(subjects), "settings", comparison);
    add_figures(subjects, {"epochs", "test_accuracy", "test_loss", "validation_accuracy"}, "metrics",
                comparison);
    add_figures(subjects, {"train_seconds"}, "timings", comparison);
    comparison.notes.push_back(
        fmt::format("{} runs are more than {}: only the columns of run_summary are compared; narrow the "
                    "groups for verdicts, all settings, metrics, timings and environments",
                    runs, kMostRuns));
    return comparison;
  }
  comparison.verdicts = judge_subjects(database, subjects);
  add_differing(settings_of(database, subjects), "settings", comparison);
  add_figures(subjects, {"epochs"}, "metrics", comparison);
  add_numbers(numbers_of(database, subjects, kMetrics), "metrics", comparison);
  add_figures(subjects, {"train_seconds"}, "timings", comparison);
  add_numbers(numbers_of(database, subjects, kTimings), "timings", comparison);
  add_differing(environments_of(database, subjects), "environments", comparison);
  return comparison;
}

}  // namespace rnnbench
