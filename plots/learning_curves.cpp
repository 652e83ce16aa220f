#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/curve_mean.hpp"
#include "plots/figure_plots.hpp"
#include "plots/panel_grid.hpp"
#include "plots/theme.hpp"

namespace rnnbench {
namespace {

constexpr int kAlikeEpochs = 5;  ///< times as many, up to which one axis shows all
constexpr double kDivergedLoss =
    7;  // nats, ten times that of guessing; from there on the axis is logarithmic

/// Validation where the trial has it, else test.
std::string second_split(const TrialData& trial) {
  for (const RunData& run : trial.runs) {
    if (find_curve(run, "accuracy", "validation") || find_curve(run, "loss", "validation"))
      return "validation";
  }
  return "test";
}

bool has_curves(const TrialData& trial) {
  return std::any_of(trial.runs.begin(), trial.runs.end(), [](const RunData& run) {
    return find_curve(run, "loss", "train") != nullptr || find_curve(run, "accuracy", "train") != nullptr;
  });
}

std::vector<Series> series_of(const TrialData& trial, const std::string& metric, const std::string& split,
                              const Palette& palette) {
  const std::string colour = split_colour(palette, split);
  const double scale = metric == "accuracy" ? 100 : 1;
  std::vector<Series> all;
  std::vector<const Curve*> finished;
  for (const RunData& run : trial.runs) {
    const Curve* curve = find_curve(run, metric, split);
    if (curve == nullptr) continue;
    if (run.status == "finished") finished.push_back(curve);
    Series series{fmt::format("{} {}, seed {}", split, metric, run.seed), Mark::kThinLine, colour, {}, {}};
    for (const EpochValue& at : curve->points) {
      series.points.push_back({static_cast<double>(at.epoch), scale * at.value});
    }
    all.push_back(std::move(series));
  }
  if (finished.empty()) return all;
  const Series band =
      band_of(finished, fmt::format("{} {}, 95 % interval of the mean", split, metric), scale, colour);
  if (band.points.size() > 1) all.insert(all.begin(), band);
  Series mean{fmt::format("{} {}, mean", split, metric), Mark::kThickLine, colour, {}, {}};
  for (const EpochValue& at : mean_curve(finished)) {
    mean.points.push_back({static_cast<double>(at.epoch), scale * at.value});
  }
  all.push_back(std::move(mean));
  return all;
}

std::string heading_count(const TrialData& trial) {
  std::string text = fmt::format("n = {}", count_runs({trial}, "finished"));
  for (const char* status : {"failed", "interrupted", "running", "skipped"}) {
    if (const int count = count_runs({trial}, status); count > 0)
      text += fmt::format(", {} {}", count, status);
  }
  return text;
}

struct TrialPanels {
  Panel accuracy;
  Panel loss;
};

TrialPanels panels_of(const TrialData& trial, const Palette& palette) {
  TrialPanels panels;
  for (const std::string& split : {std::string("train"), second_split(trial)}) {
    std::ranges::move(series_of(trial, "accuracy", split, palette),
                      std::back_inserter(panels.accuracy.series));
    std::ranges::move(series_of(trial, "loss", split, palette), std::back_inserter(panels.loss.series));
  }
  return panels;
}

void add_range(Range& range, const Panel& panel) {
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) {
      range.add(point.y);
      if (series.mark != Mark::kBand) continue;
      range.add(std::max(point.low, 0.0));
      range.add(point.high);
    }
  }
}

int last_epoch(const TrialPanels& panels) {
  double last = 1;
  for (const Panel* panel : {&panels.accuracy, &panels.loss}) {
    for (const Series& series : panel->series) {
      for (const Point& point : series.points) last = std::max(last, point.x);
    }
  }
  return static_cast<int>(last);
}

struct SharedAxes {
  int epochs = 1;  ///< 0: they differ too much for one axis
  Axis accuracy;
  Axis loss;
};

SharedAxes shared_axes(const std::vector<TrialPanels>& cells) {
  Range accuracies;
  Range losses;
  std::vector<int> epochs;
  for (const TrialPanels& panels : cells) {
    add_range(accuracies, panels.accuracy);
    add_range(losses, panels.loss);
    epochs.push_back(last_epoch(panels));
  }
  SharedAxes axes;
  const auto [fewest, most] = std::ranges::minmax(epochs);
  axes.epochs = most <= kAlikeEpochs * fewest ? most : 0;
  axes.accuracy = percent_axis("accuracy", accuracies, 4);
  axes.accuracy.label = "accuracy (%)";
  const bool wide = losses.low > 0 && losses.high > kDivergedLoss;
  axes.loss = wide ? log_axis("loss (nats, log.)", losses) : linear_axis("loss (nats)", losses, 6, 0.01, 0);
  return axes;
}

std::vector<LegendEntry> split_legend(const std::vector<const TrialData*>& trials, const Palette& palette) {
  std::set<std::string> seconds;
  for (const TrialData* trial : trials) seconds.insert(second_split(*trial));
  std::vector<LegendEntry> legend = {
      {"train, mean of the seeds", Mark::kThickLine, split_colour(palette, "train"), {}}};
  for (const std::string& split : seconds) {
    legend.push_back({split + ", mean of the seeds", Mark::kThickLine, split_colour(palette, split), {}});
  }
  legend.push_back({"one seed (colours as the means)", Mark::kThinLine, palette.grey, {}});
  legend.push_back({"95 % interval of the mean, from three seeds on", Mark::kBand, palette.grey, {}});
  return legend;
}

PanelStack stack_of(TrialPanels panels, const TrialData& trial, const std::string& label,
                    const SharedAxes& axes, const PanelGrid& grid) {
  const int epochs = axes.epochs > 0 ? axes.epochs : last_epoch(panels);
  auto& [above, below] = panels;
  above.name = label + ", accuracy (%)";
  below.name = label + ", loss (nats)";
  above.x = below.x = epoch_axis("epoch", epochs);
  above.y = axes.accuracy;
  below.y = axes.loss;
  above.notes = heading_notes(label, heading_count(trial), above, grid);
  return {std::move(above), std::move(below)};
}

}  // namespace

std::optional<Plot> learning_curves(const FigureData& data, const Theme& theme) {
  const auto trials = choose_trials(data, has_curves);
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  Plot plot = captioned(data, labels, "learning-curves", "Learning curves by trial", theme);
  add_missing(plot, data, trials.size(), "no finished epoch");

  std::vector<TrialPanels> cells;
  for (const TrialData* trial : trials) cells.push_back(panels_of(*trial, theme.palette));
  const SharedAxes axes = shared_axes(cells);
  plot.subtitles.push_back(fmt::format("{} the same in all panels; accuracy from {:.4g} to {:.4g} %.",
                                       axes.epochs > 0 ? "Axes are" : "Axes of accuracy and loss are",
                                       axes.accuracy.low, axes.accuracy.high));
  plot.legend = split_legend(trials, theme.palette);

  std::vector<std::string> headings;
  for (std::size_t t = 0; t < trials.size(); ++t)
    headings.push_back(trial_label(*trials[t], labels.differing[t]));
  const PanelGrid grid = panel_grid(headings, theme.sheet, /*least_width=*/165);
  std::vector<PanelStack> stacks;
  for (std::size_t t = 0; t < trials.size(); ++t)
    stacks.push_back(stack_of(std::move(cells[t]), *trials[t], headings[t], axes, grid));
  lay_out(plot, std::move(stacks), grid, std::min(0.43 * grid.width + 20, theme.sheet.panel_height / 2));
  return plot;
}

}  // namespace rnnbench
