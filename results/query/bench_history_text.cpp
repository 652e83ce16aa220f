#include <fmt/format.h>

#include <cmath>

#include "harness/core/median.hpp"
#include "harness/statistics/equivalence.hpp"
#include "results/query/bench_history.hpp"
#include "results/query/parity_data.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kTrialDigits = 8;

const BenchPoint& first_after(const BenchSeries& series) {
  return series.points.at(series.change->begins_at);
}

double median_ms(const BenchSeries& series) {
  std::vector<double> all;
  for (const BenchPoint& point : series.points) all.push_back(point.step_ms);
  return median_of(all);
}

/// NULL of NaN.
TableCell number_cell(double value) {
  TableCell cell;
  if (std::isfinite(value)) cell = value;
  return cell;
}

Table table_of(const BenchHistory& history) {
  Table table{{"subject", "side", "host", "trial", "sessions", "first", "last", "step_ms", "p", "p_holm",
               "before_ms", "after_ms", "change", "revision", "began", "control_change"},
              {}};
  for (const BenchSeries& series : history.series) {
    auto& row = table.rows.emplace_back();
    row = {series.subject,
           series.side,
           series.host,
           series.trial.substr(0, kTrialDigits),
           std::ssize(series.points),
           day_of(series.points.front().started),
           day_of(series.points.back().started),
           median_ms(series)};
    row.push_back(number_cell(series.change ? series.change->p : std::nan("")));
    row.push_back(number_cell(series.p_holm.value_or(std::nan(""))));
    if (series.is_stepped()) {
      for (const double value :
           {series.change->before, series.change->after, series.change->after / series.change->before}) {
        row.push_back(number_cell(value));
      }
      row.emplace_back(first_after(series).revision);
      row.emplace_back(first_after(series).started);
      row.push_back(number_cell(series.control_change));
    }
    row.resize(table.columns.size());
  }
  return table;
}

/// Where what is always the same changed by half as much or more, on a logarithmic scale.
std::string control_text(const BenchSeries& series) {
  const double step = std::log(series.change->after / series.change->before);
  const double control = std::log(series.control_change);
  if (!std::isfinite(control)) return "";
  if (control / step < 0.5) return fmt::format("; the control {:.2f} times", series.control_change);
  return fmt::format("; the control {:.2f} times as well: the machine changed, or a part of it did",
                     series.control_change);
}

std::string line_of(const BenchSeries& series) {
  const std::string name = fmt::format("{} {} on {}", visible_text(series.subject), visible_text(series.side),
                                       visible_text(series.host));
  if (!series.change) return fmt::format("{}: not judged, {}", name, series.change.why_not());
  const std::string p =
      fmt::format("{} (Holm), {} sessions", p_text(*series.p_holm, 1), series.points.size());
  if (!series.is_stepped()) return fmt::format("{}: no step change shown, {}", name, p);
  const BenchPoint& began = first_after(series);
  return fmt::format(
      "{}: a step takes {:.2f} times as long from revision {} on, {}: {:.4g} → {:.4g} ms, {}{}", name,
      series.change->after / series.change->before,
      began.revision.empty() ? "not recorded" : visible_text(began.revision),
      visible_text(day_of(began.started)), series.change->before, series.change->after, p,
      control_text(series));
}

}  // namespace

std::string bench_history_text(const BenchHistory& history, TableFormat format) {
  std::string text = format_table(table_of(history), format);
  if (format != TableFormat::kTable) return text;
  text += '\n';
  for (const BenchSeries& series : history.series) text += line_of(series) + '\n';
  for (const std::string& note : history.notes) text += note + '\n';
  return text;
}

}  // namespace rnnbench
