#include "results/query/bench_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "harness/core/error.hpp"
#include "harness/core/median.hpp"
#include "harness/core/nearest.hpp"
#include "harness/statistics/holm.hpp"
#include "results/query/clock_problems.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

constexpr int kFewestDraws = 1999;
constexpr std::size_t kDrawsASeries = 200;  // so that the smallest p is below 0.05 after Holm's adjustment
constexpr std::size_t kRevisionDigits = 10;
constexpr std::size_t kProblemsNamed = 3;

constexpr const char* kPoints =
    "SELECT coalesce(particulars ->> '$.bench.subject', '') || '' AS subject, "
    "coalesce(particulars ->> '$.bench.side', '') || '' AS side, key, "
    "coalesce(content ->> '$.processor.model', '') || '', coalesce(content ->> '$.system.host', '') || '', "
    "started, coalesce(content ->> '$.build.revision', '') || '', "
    "coalesce(content ->> '$.build.dirty', 0) || '', "
    "(SELECT median(median_ns) FROM timings WHERE run_id = runs.id AND phase = 'step' AND clock = 'host' AND "
    "NOT warmup), "
    "(SELECT median(median_ns) FROM timings WHERE run_id = runs.id AND phase = 'control' AND clock = 'host' "
    "AND NOT warmup), coalesce(particulars ->> '$.bench.command', '') || '', runs.id "
    "FROM runs JOIN experiments ON experiments.id = experiment_id JOIN trials ON trials.id = trial_id "
    "JOIN environments ON environments.id = environment_id "
    "WHERE name = 'bench' AND status = 'finished' AND particulars ->> '$.bench.session' IS NOT NULL "
    "AND instr(side, '@') = 0 "
    // Of an engine beside itself only one.
    "AND NOT EXISTS (SELECT 1 FROM runs AS other WHERE other.trial_id = runs.trial_id AND other.id < runs.id "
    "AND other.particulars ->> '$.bench.session' = runs.particulars ->> '$.bench.session' "
    "AND other.particulars ->> '$.bench.side' = side) ORDER BY started, runs.id";

double milliseconds(const TableCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number * 1e-6;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole) * 1e-6;
  return std::numeric_limits<double>::quiet_NaN();
}

BenchPoint point_of(const std::vector<TableCell>& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  BenchPoint point{text(5), text(6).substr(0, kRevisionDigits), milliseconds(row[8]), milliseconds(row[9])};
  if (!point.revision.empty() && text(7) != "0") point.revision += " (changed)";
  return point;
}

/// A note for each of the first `texts`, and how many more there are.
void add_first(const char* what, const std::vector<std::string>& texts, std::vector<std::string>& notes) {
  for (std::size_t i = 0; i < std::min(texts.size(), kProblemsNamed); ++i) {
    notes.push_back(fmt::format("{}: {}", what, texts[i]));
  }
  if (texts.size() > kProblemsNamed) {
    notes.push_back(fmt::format("{}: {} more runs", what, texts.size() - kProblemsNamed));
  }
}

std::map<std::int64_t, ClockProblems> problems_of(Database& database, const Table& points) {
  std::vector<std::int64_t> runs;
  for (const auto& row : points.rows) runs.push_back(std::get<std::int64_t>(row[11]));
  return clock_problems(database, runs, {"step", "control"});
}

std::vector<BenchSeries> load_series(Database& database, const std::optional<std::string>& subject,
                                     std::vector<std::string>& notes) {
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, BenchSeries> by_name;
  std::vector<std::string> subjects;
  int without_machine = 0, without_time = 0;
  std::vector<std::string> steps_wrong, controls_wrong;
  const Table points = query_table(database, kPoints);
  const auto problems = problems_of(database, points);
  for (const auto& row : points.rows) {
    const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
    if (std::ranges::find(subjects, text(0)) == subjects.end()) subjects.push_back(text(0));
    if (subject && *subject != text(0)) continue;
    BenchPoint point = point_of(row);
    const auto found = problems.find(std::get<std::int64_t>(row[11]));
    const ClockProblems wrong = found == problems.end() ? ClockProblems{} : found->second;
    if (text(3).empty() || text(4).empty()) {
      ++without_machine;
    } else if (wrong.contains("step")) {
      steps_wrong.push_back(wrong.at("step"));
    } else if (!(point.step_ms > 0)) {
      ++without_time;
    } else {
      if (wrong.contains("control")) {
        controls_wrong.push_back(wrong.at("control"));
        point.control_ms = std::numeric_limits<double>::quiet_NaN();
      }
      BenchSeries& series = by_name[{text(0), text(1), text(4), text(3), text(2)}];
      series.subject = text(0), series.side = text(1), series.trial = text(2);
      series.processor = text(3), series.host = text(4);
      series.command = text(10);
      series.points.push_back(std::move(point));
    }
  }
  if (subjects.empty()) {
    throw ConfigError(
        "no comparison of `rnnbench bench` is finished in this database; run `rnnbench bench m1`");
  }
  if (subject && std::ranges::find(subjects, *subject) == subjects.end()) {
    throw ConfigError(fmt::format("no comparison of `rnnbench bench` is of '{}'{}", *subject,
                                  suggestion(*subject, subjects)));
  }
  if (without_machine > 0) {
    notes.push_back(
        fmt::format("{} runs don't say on which machine they were and are left out", without_machine));
  }
  if (without_time > 0) {
    notes.push_back(fmt::format("{} runs are left out: no step was timed", without_time));
  }
  add_first("left out", steps_wrong, notes);
  add_first("without its control", controls_wrong, notes);
  std::vector<BenchSeries> all;
  for (auto& [name, series] : by_name) all.push_back(std::move(series));
  return all;
}

Finding<StepChange> change_of(const BenchSeries& series, int draws) {
  const auto missing = kFewestSessions - std::ssize(series.points);
  if (missing > 0) {
    return Refusal{fmt::format("{} of {} sessions: {} more are needed, `{}`", series.points.size(),
                               kFewestSessions, missing,
                               series.command.empty() ? "rnnbench bench" : visible_text(series.command))};
  }
  std::vector<double> steps;
  for (const BenchPoint& point : series.points) steps.push_back(point.step_ms);
  return step_change(steps, draws);
}

/// Of the sessions that have a control.
double control_change_of(const BenchSeries& series) {
  std::vector<double> before, after;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const double control = series.points[i].control_ms;
    if (std::isfinite(control)) (i < series.change->begins_at ? before : after).push_back(control);
  }
  return median_of(after) / median_of(before);
}

}  // namespace

BenchHistory bench_history(Database& database, const std::optional<std::string>& subject) {
  BenchHistory history;
  history.series = load_series(database, subject, history.notes);
  const int draws = std::max(kFewestDraws, static_cast<int>(kDrawsASeries * history.series.size()));
  std::vector<std::optional<double>> p_values;
  for (BenchSeries& series : history.series) {
    series.change = change_of(series, draws);
    series.control_change =
        series.change ? control_change_of(series) : std::numeric_limits<double>::quiet_NaN();
    p_values.push_back(series.change ? std::optional(series.change->p) : std::nullopt);
  }
  const auto adjusted = holm(p_values);
  for (std::size_t i = 0; i < p_values.size(); ++i) history.series[i].p_holm = (*adjusted)[i];
  return history;
}

}  // namespace rnnbench
