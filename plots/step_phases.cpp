#include <fmt/format.h>

#include <array>
#include <cmath>

#include "harness/core/median.hpp"
#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/row_panel.hpp"
#include "plots/trial_values.hpp"

namespace rnnbench {
namespace {

constexpr std::array<const char*, 4> kPhases = {"data", "forward", "backward", "optimizer"};
constexpr double kMillisecond = 1e6;

struct StepRow {
  std::string label;
  std::array<double, kPhases.size()> ms{};  ///< median over seeds; 0 where a phase was not timed
  std::size_t n = 0;

  double sum() const {
    double all = 0;
    for (const double each : ms) all += each;
    return all;
  }
};

StepRow row_of(const TrialData& trial, const std::string& label) {
  StepRow row{label, {}, 0};
  for (std::size_t p = 0; p < kPhases.size(); ++p) {
    const std::vector<double> medians = median_phases(trial, kPhases[p]);
    row.n = std::max(row.n, medians.size());
    if (!medians.empty()) row.ms[p] = median_of(medians) / kMillisecond;
  }
  return row;
}

std::string step_numbers(const StepRow& row) {
  std::string text = fmt::format("{:.3g} ms  n = {}", row.sum(), row.n);
  return text;
}

}  // namespace

std::optional<Plot> step_phases(const FigureData& data, const Theme& theme) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return !median_phases(trial, "forward").empty(); });
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  Plot plot = captioned(data, labels, "step-phases", "Where the time of a training step goes", theme);
  add_missing(plot, data, trials.size(), "no phases timed");
  plot.subtitles.push_back(parity_note(data, trials));
  for (std::size_t p = 0; p < kPhases.size(); ++p)
    plot.legend.push_back({kPhases[p], Mark::kBox, theme.palette.categories[p], {}});

  std::vector<StepRow> rows;
  std::vector<FigureRow> texts;
  Range range;
  range.add(0);
  for (std::size_t t = 0; t < trials.size(); ++t) {
    rows.push_back(row_of(*trials[t], trial_label(*trials[t], labels.differing[t])));
    texts.push_back({"", rows.back().label, step_numbers(rows.back())});
    range.add(rows.back().sum());
  }
  auto [panel, heights, labels_above] = row_panel(texts, plot, page_top(plot) + 8);
  panel.name = "time of a step (ms)";
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = linear_axis("time of a training step (ms; medians of the phases, stacked)", range,
                        ticks_of(theme.sheet), 0, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double from = 0;
    for (std::size_t p = 0; p < kPhases.size(); ++p) {
      const double to = from + rows[i].ms[p];
      panel.series.push_back({fmt::format("{}, {}", rows[i].label, kPhases[p]),
                              Mark::kBox,
                              theme.palette.categories[p],
                              {},
                              {{(from + to) / 2, heights[i], from, to, rows[i].ms[p]}}});
      from = to;
    }
  }
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
