#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/curve_mean.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/panel_grid.hpp"

namespace rnnbench {
namespace {

/// Curves of finished runs that have a value in each of at least two epochs.
std::vector<const Curve*> curves_of(const TrialData& trial, const char* metric, const char* split) {
  std::vector<const Curve*> curves;
  for (const RunData& run : trial.runs) {
    const Curve* curve = run.status == "finished" ? find_curve(run, metric, split) : nullptr;
    if (curve != nullptr && curve->points.size() > 1) curves.push_back(curve);
  }
  return curves;
}

/// What is held out, as far as any trial has it by epoch: validation, else test, else what was trained on.
const char* common_split(const FigureData& data) {
  for (const char* split : {"validation", "test"}) {
    const bool has = std::ranges::any_of(
        data.trials, [&](const TrialData& trial) { return !curves_of(trial, "accuracy", split).empty(); });
    if (has) return split;
  }
  return "train";
}

/// Of each seed's own last epoch; seeds may have stopped early. The lowest number where one of them is NaN.
double last_mean(const TrialData& trial, const char* split) {
  double sum = 0;
  const std::vector<const Curve*> curves = curves_of(trial, "accuracy", split);
  for (const Curve* curve : curves) sum += curve->points.back().value / static_cast<double>(curves.size());
  return std::isfinite(sum) ? sum : std::numeric_limits<double>::lowest();
}

Panel panel_of(const std::vector<const TrialData*>& trials, const std::vector<std::string>& names,
               const char* metric, const char* split, const Palette& palette, int& epochs) {
  const double scale = metric == std::string_view("accuracy") ? 100 : 1;
  Panel panel;
  std::vector<Series> means;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const auto curves = curves_of(*trials[t], metric, split);
    const std::string colour = palette.categories[t % palette.categories.size()];
    Series band = range_of(curves, names[t] + ", lowest to highest seed", scale, colour);
    Series mean{names[t] + ", mean", Mark::kThickLine, colour, {}, {}};
    for (const EpochValue& at : mean_curve(curves)) {
      mean.points.push_back({static_cast<double>(at.epoch), scale * at.value});
      epochs = std::max(epochs, at.epoch);
    }
    if (band.points.size() > 1) panel.series.push_back(std::move(band));
    means.push_back(std::move(mean));
  }
  std::ranges::move(means, std::back_inserter(panel.series));
  return panel;
}

Range values_of(const Panel& panel) {
  Range range;
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) {
      range.add(point.y);
      if (series.mark != Mark::kBand) continue;
      range.add(point.low);
      range.add(point.high);
    }
  }
  return range;
}

}  // namespace

std::optional<Plot> curves_together(const FigureData& data, const Theme& theme) {
  const char* split = common_split(data);
  auto trials = choose_trials(
      data, [&](const TrialData& trial) { return !curves_of(trial, "accuracy", split).empty(); });
  if (trials.empty()) return std::nullopt;
  const std::size_t all = trials.size();
  std::ranges::stable_sort(trials, std::greater(),
                           [&](const TrialData* trial) { return last_mean(*trial, split); });
  trials.resize(std::min(all, theme.palette.categories.size()));  // more colours can't be told apart
  const TrialLabels labels = label_trials(trials);
  Plot plot = captioned(data, labels, "curves-together", "Learning curves together", theme);
  add_missing(plot, data, trials.size(), "no curve by epoch, or not among the best seven");
  if (all > trials.size())
    plot.subtitles.push_back(
        fmt::format("The best {} of {} trials by their last epoch.", trials.size(), all));

  std::vector<std::string> names;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    names.push_back(shortened(trial_label(*trials[t], labels.differing[t]), 60));
    plot.legend.push_back({names.back(), Mark::kThickLine, theme.palette.categories[t], {}});
  }
  plot.legend.push_back({"from the lowest to the highest seed", Mark::kBand, theme.palette.grey, {}});
  const std::vector<std::string> headings = {fmt::format("{} accuracy (%)", split),
                                             fmt::format("{} loss (nats)", split)};
  const PanelGrid grid = panel_grid(headings, theme.sheet, /*least_width=*/300, /*own_axes=*/true);
  std::vector<PanelStack> stacks;
  int epochs = 1;
  for (const char* metric : {"accuracy", "loss"})
    stacks.push_back({panel_of(trials, names, metric, split, theme.palette, epochs)});
  stacks[0][0].y = percent_axis("", values_of(stacks[0][0]), 6);
  stacks[1][0].y = linear_axis("", values_of(stacks[1][0]), 6, 0.01, 0);
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    Panel& panel = stacks[i][0];
    panel.name = headings[i];
    panel.x = epoch_axis("epoch", epochs);
    panel.y.label.clear();
    panel.notes = heading_notes(headings[i], fmt::format("{:.3g} to {:.3g} shown", panel.y.low, panel.y.high),
                                panel, grid);
  }
  lay_out(plot, std::move(stacks), grid, std::min(0.75 * grid.width, theme.sheet.panel_height));
  return plot;
}

}  // namespace rnnbench
