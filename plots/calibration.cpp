#include <algorithm>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/style.hpp"

namespace rnnbench {
namespace {

constexpr double kWidth = 640;
constexpr double kPanelHeight = 480;

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

std::optional<Plot> calibration(const FigureData& data) {
  const auto trials = choose_trials(data, has_predictions);
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const TrialStyle style(data);
  Plot plot = captioned(data, labels, "calibration", "Calibration");
  add_missing(plot, data, trials.size(), "no stored test predictions");

  Panel panel;
  panel.name = "mean probability of positive (%), share of positive reviews (%)";
  panel.series.push_back({"as predicted", Mark::kReference, kGrey, {}, {{0, 0}, {100, 100}}});
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
  plot.legend.push_back({"as often positive as predicted", Mark::kReference, kGrey});
  plot.width = kWidth;
  panel.box = {80, page_top(plot) + 8, kWidth - 80 - 30, kPanelHeight};
  plot.height = panel.box.top + kPanelHeight + 46 + footer_height(plot);
  panel.x = whole_axis("mean probability of positive (%), in ten bins");
  panel.y = whole_axis("share of positive reviews (%)");
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
