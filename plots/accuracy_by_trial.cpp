#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/style.hpp"
#include "results/query/mean_interval.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr double kWidth = 1000;
constexpr double kRowHeight = 27;
constexpr double kNumbersWidth = 216;
constexpr double kChance = 50;  // % of a balanced test set with two classes

struct Row {
  const TrialData* trial = nullptr;
  std::string label;
  std::vector<double> percents;  // a seed each
  MeanInterval interval;
};

std::vector<double> test_percents(const TrialData& trial) {
  std::vector<double> percents;
  for (const RunData& run : trial.runs) {
    const bool counts = run.status == "finished" && std::isfinite(run.test_accuracy);
    if (counts) percents.push_back(100 * run.test_accuracy);
  }
  return percents;
}

std::vector<Row> make_rows(const std::vector<const TrialData*>& trials, const TrialLabels& labels) {
  std::vector<Row> rows;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const std::vector<double> percents = test_percents(*trials[t]);
    const std::string label = shortened(trial_label(*trials[t], labels.differing[t]), 56);
    rows.push_back({trials[t], label, percents, mean_interval(percents)});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.interval.mean > b.interval.mean; });
  return rows;
}

std::string numbers(const MeanInterval& interval) {
  if (!interval.bounds) return fmt::format("{:.2f} %  n = 1: no interval", interval.mean);
  return fmt::format("{:.2f} %  [{:.1f}, {:.1f}]  n = {}", interval.mean, std::max(interval.bounds->low, 0.0),
                     std::min(interval.bounds->high, 100.0), interval.n);
}

std::string interval_label(const std::vector<Row>& rows) {
  const bool cut = std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    return row.interval.bounds && (row.interval.bounds->low < 0 || row.interval.bounds->high > 100);
  });
  return cut ? "95 % t interval of the mean, cut at 0 and 100 %" : "95 % t interval of the mean";
}

Range shown_range(const std::vector<Row>& rows) {
  Range range;
  for (const Row& row : rows) {
    for (const double percent : row.percents) range.add(percent);
    if (!row.interval.bounds) continue;
    range.add(std::max(row.interval.bounds->low, 0.0));
    range.add(std::min(row.interval.bounds->high, 100.0));
  }
  return range;
}

void add_row(Panel& panel, const Row& row, double y, const TrialStyle& style) {
  const std::string colour = style.colour(*row.trial);
  const Shape shape = style.shape(*row.trial);
  if (row.interval.bounds) {
    const auto [low, high] = *row.interval.bounds;
    panel.series.push_back({row.label + ", 95 % interval",
                            Mark::kInterval,
                            kGrey,
                            shape,
                            {{row.interval.mean, y, std::max(low, 0.0), std::min(high, 100.0)}}});
  }
  panel.series.push_back({row.label + ", mean", Mark::kTick, colour, shape, {{row.interval.mean, y}}});
  Series seeds{row.label + ", seeds", Mark::kDot, colour, shape, {}};
  for (const double percent : row.percents) seeds.points.push_back({percent, y});
  panel.series.push_back(std::move(seeds));
  panel.y.ticks.push_back({y, row.label});
  panel.notes.push_back({1, y, numbers(row.interval), Anchor::kLeft, 10, 0, /*across=*/true});
}

}  // namespace

std::optional<Plot> accuracy_by_trial(const FigureData& data) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return !test_percents(trial).empty(); });
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const std::vector<Row> rows = make_rows(trials, labels);

  const TrialStyle style(data);
  Plot plot = captioned(data, labels, "accuracy-by-trial", "Test accuracy by trial");
  add_missing(plot, data, trials.size(), "no test accuracy");
  std::size_t longest = 0;
  for (const Row& row : rows) longest = std::max(longest, display_width(row.label));
  plot.legend = trial_legend(trials, style);
  for (LegendEntry& entry : plot.legend) entry.mark = Mark::kDot;
  plot.legend.push_back({"mean of the seeds", Mark::kTick, kGrey});
  plot.legend.push_back({interval_label(rows), Mark::kInterval, kGrey});
  plot.width = kWidth;

  Panel panel;
  panel.name = "test accuracy (%)";
  const double left = 30 + label_pixels(std::string(longest, 'x'));
  const double height = kRowHeight * (static_cast<double>(rows.size()) + 0.6);
  panel.box = {left, page_top(plot) + 18, kWidth - left - kNumbersWidth, height};
  plot.height = panel.box.top + height + 46 + footer_height(plot);
  panel.x = percent_axis("test accuracy", shown_range(rows), 8);
  panel.y = {"", 0.2, static_cast<double>(rows.size()) + 0.8, false, {}};
  if (panel.x.low <= kChance && kChance <= panel.x.high) {
    panel.series.push_back({"chance",
                            Mark::kReference,
                            kGrey,
                            Shape::kCircle,
                            {{kChance, panel.y.low}, {kChance, panel.y.high}}});
    panel.notes.push_back({kChance, panel.y.high, "chance", Anchor::kCentre, 0, 9});
  }
  for (std::size_t i = 0; i < rows.size(); ++i)
    add_row(panel, rows[i], static_cast<double>(rows.size() - i), style);
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
