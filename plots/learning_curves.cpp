#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/curve_mean.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/style.hpp"

namespace rnnbench {
namespace {

constexpr double kLeft = 78;
constexpr double kGap = 24;
constexpr double kHeadingLine = 14;
constexpr std::size_t kMostLines = 3;  // of a heading, n aside
constexpr double kBetween = 12;        // between them
constexpr double kTickRoom = 20;       // below them
constexpr double kLabelRoom = 22;      // below the last of a column, for "epoch"
constexpr double kDivergedLoss =
    7;  // nats, ten times that of guessing; from there on the axis is logarithmic

/// One trial's place in the grid.
struct Grid {
  std::size_t columns = 1;
  double width = 0;    ///< of a box
  double height = 0;   ///< of a box
  double heading = 0;  ///< above a trial's two boxes
};

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

std::vector<Series> series_of(const TrialData& trial, const std::string& metric, const std::string& split) {
  const double scale = metric == "accuracy" ? 100 : 1;
  std::vector<Series> all;
  std::vector<const Curve*> finished;
  for (const RunData& run : trial.runs) {
    const Curve* curve = find_curve(run, metric, split);
    if (curve == nullptr) continue;
    if (run.status == "finished") finished.push_back(curve);
    Series series{
        fmt::format("{} {}, seed {}", split, metric, run.seed), Mark::kThinLine, split_colour(split), {}, {}};
    for (const EpochValue& at : curve->points) {
      series.points.push_back({static_cast<double>(at.epoch), scale * at.value});
    }
    all.push_back(std::move(series));
  }
  if (finished.empty()) return all;
  Series mean{fmt::format("{} {}, mean", split, metric), Mark::kThickLine, split_colour(split), {}, {}};
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

TrialPanels panels_of(const TrialData& trial) {
  TrialPanels panels;
  for (const std::string& split : {std::string("train"), second_split(trial)}) {
    for (Series& series : series_of(trial, "accuracy", split))
      panels.accuracy.series.push_back(std::move(series));
    for (Series& series : series_of(trial, "loss", split)) panels.loss.series.push_back(std::move(series));
  }
  return panels;
}

void add_range(Range& range, const Panel& panel) {
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) range.add(point.y);
  }
}

double last_epoch(const Panel& panel, double last) {
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) last = std::max(last, point.x);
  }
  return last;
}

struct SharedAxes {
  Axis epoch;
  Axis accuracy;
  Axis loss;
};

SharedAxes shared_axes(const std::vector<TrialPanels>& cells) {
  Range accuracies;
  Range losses;
  double epochs = 1;
  for (const auto& [accuracy, loss] : cells) {
    add_range(accuracies, accuracy);
    add_range(losses, loss);
    epochs = last_epoch(loss, last_epoch(accuracy, epochs));
  }
  SharedAxes axes;
  axes.epoch = epoch_axis("epoch", static_cast<int>(epochs));
  axes.accuracy = percent_axis("accuracy", accuracies, 4);
  axes.accuracy.label = "accuracy (%)";
  const bool wide = losses.low > 0 && losses.high > kDivergedLoss;
  axes.loss = wide ? log_axis("loss (nats, log.)", losses) : linear_axis("loss (nats)", losses, 6, 0.01, 0);
  return axes;
}

std::vector<LegendEntry> split_legend(const std::vector<const TrialData*>& trials) {
  std::set<std::string> seconds;
  for (const TrialData* trial : trials) seconds.insert(second_split(*trial));
  std::vector<LegendEntry> legend = {
      {"train, mean of the seeds", Mark::kThickLine, split_colour("train"), {}}};
  for (const std::string& split : seconds) {
    legend.push_back({split + ", mean of the seeds", Mark::kThickLine, split_colour(split), {}});
  }
  legend.push_back({"one seed (colours as the means)", Mark::kThinLine, kGrey, {}});
  return legend;
}

std::size_t heading_characters(const Grid& grid) { return static_cast<std::size_t>(grid.width / 6.9); }

Grid grid_of(const std::vector<const TrialData*>& trials, const TrialLabels& labels) {
  Grid grid = trials.size() <= 2   ? Grid{trials.size(), 440, 190, 0}
              : trials.size() <= 6 ? Grid{3, 350, 150, 0}
                                   : Grid{4, 310, 115, 0};
  std::size_t lines = 1;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const std::string label = trial_label(*trials[t], labels.differing[t]);
    lines =
        std::max(lines, std::min<std::size_t>(kMostLines, wrapped(label, heading_characters(grid)).size()));
  }
  grid.heading = 30 + kHeadingLine * static_cast<double>(lines);
  return grid;
}

/// Ticks stay, as grid lines; their labels go.
Axis without_labels(Axis axis) {
  axis.label.clear();
  for (Tick& tick : axis.ticks) tick.label.clear();
  return axis;
}

struct Place {
  double left = 0;
  double top = 0;
  bool first_of_row = false;
  bool last_of_column = false;
};

void place_panels(TrialPanels& panels, const SharedAxes& axes, const Grid& grid, const Place& place) {
  auto& [above, below] = panels;
  above.box = {place.left, place.top + grid.heading, grid.width, grid.height};
  below.box = {place.left, above.box.top + grid.height + kBetween, grid.width, grid.height};
  above.y = place.first_of_row ? axes.accuracy : without_labels(axes.accuracy);
  below.y = place.first_of_row ? axes.loss : without_labels(axes.loss);
  above.x = without_labels(axes.epoch);
  below.x = axes.epoch;
  if (!place.last_of_column) below.x.label.clear();
}

void add_heading(TrialPanels& panels, const TrialData& trial, const std::string& label, const Grid& grid) {
  auto& [above, below] = panels;
  above.name = label + ", accuracy (%)";
  below.name = label + ", loss (nats)";
  std::vector<std::string> lines = wrapped(label, heading_characters(grid));
  if (lines.size() > kMostLines) {
    lines.resize(kMostLines);
    lines.back() = shortened(lines.back(), heading_characters(grid) - 2) + " …";
  }
  double dy = 9;
  above.notes.push_back({0, above.y.high, heading_count(trial), Anchor::kLeft, 0, dy, /*across=*/true});
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    dy += kHeadingLine;
    above.notes.push_back({0, above.y.high, *line, Anchor::kLeft, 0, dy, /*across=*/true, /*bold=*/true});
  }
}

}  // namespace

std::optional<Plot> learning_curves(const FigureData& data) {
  const auto trials = choose_trials(data, has_curves);
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  Plot plot = captioned(data, labels, "learning-curves", "Learning curves by trial");
  add_missing(plot, data, trials.size(), "no finished epoch");

  std::vector<TrialPanels> cells;
  for (const TrialData* trial : trials) cells.push_back(panels_of(*trial));
  const SharedAxes axes = shared_axes(cells);
  plot.subtitles.push_back(fmt::format("Axes are the same in all panels; accuracy from {:.4g} to {:.4g} %.",
                                       axes.accuracy.low, axes.accuracy.high));
  plot.legend = split_legend(trials);

  const Grid grid = grid_of(trials, labels);
  const double row_height = grid.heading + 2 * grid.height + kBetween + kTickRoom;
  const std::size_t rows = (cells.size() + grid.columns - 1) / grid.columns;
  plot.width = kLeft + static_cast<double>(grid.columns) * (grid.width + kGap);
  const double top = page_top(plot);
  plot.height = top + static_cast<double>(rows) * row_height + kLabelRoom + footer_height(plot);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Place place{kLeft + static_cast<double>(i % grid.columns) * (grid.width + kGap),
                      top + static_cast<double>(i / grid.columns) * row_height, i % grid.columns == 0,
                      i + grid.columns >= cells.size()};
    place_panels(cells[i], axes, grid, place);
    add_heading(cells[i], *trials[i], trial_label(*trials[i], labels.differing[i]), grid);
    plot.panels.push_back(std::move(cells[i].accuracy));
    plot.panels.push_back(std::move(cells[i].loss));
  }
  return plot;
}

}  // namespace rnnbench
