#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/row_panel.hpp"
#include "plots/style.hpp"
#include "plots/trial_values.hpp"
#include "results/query/mean_interval.hpp"

namespace rnnbench {
namespace {

constexpr double kChance = 50;  // % of a balanced test set with two classes

struct AccuracyRow {
  const TrialData* trial = nullptr;
  std::string label;
  std::vector<double> percents;  // a seed each
  MeanInterval interval;
};

std::vector<AccuracyRow> make_rows(const std::vector<const TrialData*>& trials, const TrialLabels& labels) {
  std::vector<AccuracyRow> rows;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const std::vector<double> percents = test_percents(*trials[t]);
    const std::string label = trial_label(*trials[t], labels.differing[t]);
    rows.push_back({trials[t], label, percents, mean_interval(percents)});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const AccuracyRow& a, const AccuracyRow& b) {
    return a.interval.mean > b.interval.mean;
  });
  return rows;
}

std::string accuracy_numbers(const MeanInterval& interval) {
  if (!interval.bounds) return fmt::format("{:.2f} %  n = 1: no interval", interval.mean);
  return fmt::format("{:.2f} %  [{:.1f}, {:.1f}]  n = {}", interval.mean, std::max(interval.bounds->low, 0.0),
                     std::min(interval.bounds->high, 100.0), interval.n);
}

std::string interval_label(const std::vector<AccuracyRow>& rows) {
  const bool cut = std::any_of(rows.begin(), rows.end(), [](const AccuracyRow& row) {
    return row.interval.bounds && (row.interval.bounds->low < 0 || row.interval.bounds->high > 100);
  });
  return cut ? "95 % t interval of the mean, cut at 0 and 100 %" : "95 % t interval of the mean";
}

Range shown_range(const std::vector<AccuracyRow>& rows) {
  Range range;
  for (const AccuracyRow& row : rows) {
    for (const double percent : row.percents) range.add(percent);
    if (!row.interval.bounds) continue;
    range.add(std::max(row.interval.bounds->low, 0.0));
    range.add(std::min(row.interval.bounds->high, 100.0));
  }
  return range;
}

void add_marks(Panel& panel, const AccuracyRow& row, double y, const TrialStyle& style,
               const Palette& palette) {
  const std::string colour = style.colour(*row.trial);
  const Shape shape = style.shape(*row.trial);
  if (row.interval.bounds) {
    const auto [low, high] = *row.interval.bounds;
    panel.series.push_back({row.label + ", 95 % interval",
                            Mark::kInterval,
                            palette.grey,
                            shape,
                            {{row.interval.mean, y, std::max(low, 0.0), std::min(high, 100.0)}}});
  }
  panel.series.push_back({row.label + ", mean", Mark::kTick, colour, shape, {{row.interval.mean, y}}});
  Series seeds{row.label + ", seeds", Mark::kDot, colour, shape, {}};
  for (const double percent : row.percents) seeds.points.push_back({percent, y});
  panel.series.push_back(std::move(seeds));
}

}  // namespace

std::optional<Plot> accuracy_by_trial(const FigureData& data, const Theme& theme) {
  const auto trials = choose_trials(data, has_test_accuracy);
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const std::vector<AccuracyRow> rows = make_rows(trials, labels);

  const TrialStyle style(data, theme.palette);
  Plot plot = captioned(data, labels, "accuracy-by-trial", "Test accuracy by trial", theme);
  add_missing(plot, data, trials.size(), "no test accuracy");
  plot.legend = trial_legend(trials, style);
  for (LegendEntry& entry : plot.legend) entry.mark = Mark::kDot;
  plot.legend.push_back({"mean of the seeds", Mark::kTick, theme.palette.grey, {}});
  plot.legend.push_back({interval_label(rows), Mark::kInterval, theme.palette.grey, {}});

  std::vector<FigureRow> texts;
  for (const AccuracyRow& row : rows) texts.push_back({"", row.label, accuracy_numbers(row.interval)});
  auto [panel, heights, labels_above] = row_panel(texts, plot, page_top(plot) + 18);
  panel.name = "test accuracy (%)";
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = percent_axis("test accuracy", shown_range(rows), ticks_of(theme.sheet));
  if (panel.x.low <= kChance && kChance <= panel.x.high) {
    panel.series.push_back({"chance",
                            Mark::kReference,
                            theme.palette.grey,
                            Shape::kCircle,
                            {{kChance, panel.y.low}, {kChance, panel.y.high}}});
    panel.notes.push_back({kChance, panel.y.high, "chance", Anchor::kCentre, 0, 9});
  }
  for (std::size_t i = 0; i < rows.size(); ++i) add_marks(panel, rows[i], heights[i], style, theme.palette);
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
