#include <algorithm>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/row_panel.hpp"
#include "plots/style.hpp"

namespace rnnbench {
namespace {

constexpr double kWidest = 640;  // so that the panel is about as wide as it is high

bool has_predictions(const TrialData& trial) {
  return std::ranges::any_of(trial.runs, [](const RunData& run) { return run.predictions.has_value(); });
}

/// Over the runs' reviews, in percent; a bin without reviews gives none.
std::vector<Point> points_of(const TrialData& trial) {
  ReliabilityBins sums{};
  for (const RunData& run : trial.runs) {
    if (!run.predictions) continue;
    for (std::size_t bin = 0; bin < sums.size(); ++bin) {
      sums[bin].reviews += run.predictions->bins[bin].reviews;
      sums[bin].positive += run.predictions->bins[bin].positive;
      sums[bin].probability_sum += run.predictions->bins[bin].probability_sum;
    }
  }
  std::vector<Point> points;
  for (const ReliabilityBin& bin : sums) {
    if (bin.reviews > 0) points.push_back({100 * bin.mean_probability(), 100 * bin.positive_share()});
  }
  return points;
}

Axis whole_axis(const std::string& label) {
  return linear_axis(label, {.low = 0, .high = 100}, 6, /*least_span=*/100, /*floor=*/0, /*ceiling=*/100);
}

}  // namespace

std::optional<Plot> calibration(const FigureData& data, const Theme& theme) {
  const auto trials = choose_trials(data, has_predictions);
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const TrialStyle style(data, theme.palette);
  Plot plot = captioned(data, labels, "calibration", "Calibration", theme);
  add_missing(plot, data, trials.size(), "no stored test predictions");

  Panel panel;
  panel.name = "mean probability of positive (%), share of positive reviews (%)";
  panel.series.push_back({"as predicted", Mark::kReference, theme.palette.grey, {}, {{0, 0}, {100, 100}}});
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const std::string name = trial_label(*trials[t], labels.differing[t]);
    const std::vector<Point> points = points_of(*trials[t]);
    panel.series.push_back({name, Mark::kThinLine, style.colour(*trials[t]), {}, points});
    panel.series.push_back(
        {name + ", bins", Mark::kDot, style.colour(*trials[t]), style.shape(*trials[t]), points});
  }
  plot.legend = trial_legend(trials, style);
  if (plot.legend.size() < trials.size()) {
    plot.subtitles.emplace_back("Which line is which trial is in the figure's numbers.");
  }
  plot.legend.push_back({"as often positive as predicted", Mark::kReference, theme.palette.grey, {}});
  plot.width = std::min(plot.width, kWidest);
  panel.box = {80, page_top(plot) + 8, plot.width - 80 - 30, theme.sheet.panel_height};
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = whole_axis("mean probability of positive (%), in ten bins");
  panel.y = whole_axis("share of positive reviews (%)");
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
