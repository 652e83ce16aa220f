#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/statistics/mean_intervals.hpp"
#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/panel_grid.hpp"
#include "results/query/claim_text.hpp"
#include "results/query/mean_interval.hpp"

namespace rnnbench {
namespace {

/// The trial with the most finished runs; none where no run finished.
const TrialData* largest_trial(const ClaimData& claim) {
  const TrialData* largest = nullptr;
  for (const TrialData& trial : claim.data.trials) {
    const int n = count_runs({trial}, "finished");
    if (n > 0 && (largest == nullptr || n > count_runs({*largest}, "finished"))) largest = &trial;
  }
  return largest;
}

std::vector<double> values_at(const TrialData& trial, const ReportedCurve& curve, int epoch) {
  std::vector<double> values;
  for (const RunData& run : trial.runs) {
    const Curve* ours = run.status == "finished" ? find_curve(run, curve.metric, curve.split) : nullptr;
    if (ours == nullptr) continue;
    for (const EpochValue& point : ours->points) {
      if (point.epoch == epoch && std::isfinite(point.value)) values.push_back(point.value);
    }
  }
  const bool of_all = std::ssize(values) == count_runs({trial}, "finished");
  return of_all ? values : std::vector<double>();  // no mean is one of survivors
}

/// Ours behind, the reported values before it.
void add_curve(Panel& panel, const TrialData& trial, const ReportedCurve& curve, const Palette& palette) {
  const double scale = curve.metric == "accuracy" ? 100 : 1;
  const double most = curve.metric == "accuracy" ? 1 : std::numeric_limits<double>::infinity();
  const std::string colour = split_colour(palette, curve.split);
  Series band{curve.split + ", one more run, 95 %", Mark::kBand, colour, {}, {}};
  Series mean{curve.split + ", mean of ours", Mark::kThickLine, colour, {}, {}};
  Series reported{curve.split + ", reported", Mark::kSolid, colour, Shape::kDiamond, {}};
  for (int epoch = 1; epoch <= std::ssize(curve.values); ++epoch) {
    const auto x = static_cast<double>(epoch);
    reported.points.push_back({x, scale * curve.values[static_cast<std::size_t>(epoch) - 1]});
    const std::vector<double> values = values_at(trial, curve, epoch);
    if (values.empty()) continue;
    mean.points.push_back({x, scale * mean_interval(values).mean});
    if (const Finding<MeanEstimate> one_more = prediction_interval(values)) {
      band.points.push_back({x, scale * one_more->mean, scale * std::max(one_more->interval.low, 0.0),
                             scale * std::min(one_more->interval.high, most)});
    }
  }
  for (Series& series : {std::ref(band), std::ref(mean), std::ref(reported)}) {
    if (!series.points.empty()) panel.series.push_back(std::move(series));
  }
}

Panel panel_of(const std::vector<const ReportedCurve*>& curves, const TrialData& trial,
               const Palette& palette) {
  Panel panel;
  std::size_t epochs = 1;
  for (const ReportedCurve* curve : curves) {
    add_curve(panel, trial, *curve, palette);
    epochs = std::max(epochs, curve->values.size());
  }
  Range range;
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) {
      range.add(point.y);
      if (series.mark != Mark::kBand) continue;
      range.add(point.low);
      range.add(point.high);
    }
  }
  const bool percents = curves.front()->metric == "accuracy";
  panel.x = epoch_axis("epoch", static_cast<int>(epochs));
  panel.y = percents ? percent_axis("", range, 5) : linear_axis("", range, 5, 0.01, 0);
  panel.y.label.clear();
  return panel;
}

}  // namespace

std::optional<Plot> reported_curves(const std::vector<ClaimData>& claims, const Theme& theme) {
  FigureData drawn;  // what the caption counts
  std::vector<std::string> headings, counts;
  std::vector<PanelStack> stacks;
  for (const ClaimData& claim : claims) {
    const TrialData* trial = claim.claim.curves.empty() ? nullptr : largest_trial(claim);
    if (trial == nullptr) continue;
    drawn.trials.push_back(*trial);
    std::ranges::copy(claim.data.environments, std::back_inserter(drawn.environments));
    std::ranges::copy(claim.data.experiments, std::back_inserter(drawn.experiments));
    std::map<std::string, std::vector<const ReportedCurve*>> by_metric;
    for (const ReportedCurve& curve : claim.claim.curves) by_metric[curve.metric].push_back(&curve);
    for (const auto& [metric, curves] : by_metric) {
      stacks.push_back({panel_of(curves, *trial, theme.palette)});
      headings.push_back(
          fmt::format("{}: {}", claim.claim.id, metric == "accuracy" ? "accuracy (%)" : metric + " (nats)"));
      counts.push_back(fmt::format("{}, n = {}", engine_text(*trial), count_runs({*trial}, "finished")));
    }
  }
  if (stacks.empty()) return std::nullopt;
  Plot plot = captioned(drawn, {}, "reported-curves", "Reported curves over ours", theme);
  plot.title = "Reported curves over ours";
  for (const char* split : {"train", "validation", "test"}) {
    const bool occurs = std::ranges::any_of(stacks, [&](const PanelStack& stack) {
      return std::ranges::any_of(stack[0].series,
                                 [&](const Series& series) { return series.name.starts_with(split); });
    });
    if (occurs)
      plot.legend.push_back(
          {split + std::string(", mean of ours"), Mark::kThickLine, split_colour(theme.palette, split), {}});
  }
  plot.legend.push_back({"where one more run of ours would lie, 95 %", Mark::kBand, theme.palette.grey, {}});
  plot.legend.push_back({"as the source prints it", Mark::kSolid, theme.palette.grey, Shape::kDiamond});
  const PanelGrid grid = panel_grid(headings, theme.sheet, /*least_width=*/300, /*own_axes=*/true);
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    Panel& panel = stacks[i][0];
    panel.name = headings[i];
    panel.notes = heading_notes(headings[i], counts[i], panel, grid);
  }
  lay_out(plot, std::move(stacks), grid, std::min(0.6 * grid.width, theme.sheet.panel_height));
  return plot;
}

}  // namespace rnnbench
