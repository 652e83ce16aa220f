#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/label_places.hpp"
#include "plots/row_panel.hpp"
#include "plots/style.hpp"
#include "results/query/mean_interval.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostLabels = 12;

struct Group {
  const TrialData* trial = nullptr;
  std::string name;   ///< in exported data
  std::string label;  ///< beside the mark
  std::vector<Point> runs;
  Point mean;
};

std::vector<Point> finished_runs(const TrialData& trial) {
  std::vector<Point> runs;
  for (const RunData& run : trial.runs) {
    const bool counts = run.status == "finished" && std::isfinite(run.test_accuracy) && run.train_seconds > 0;
    if (counts) runs.push_back({run.train_seconds, 100 * run.test_accuracy});
  }
  return runs;
}

/// What colour and shape don't say; where they say all, the engine and cell again.
std::string mark_label(const TrialData& trial, const LabelParts& differing) {
  const std::string rest = label_text(differing, {"engine", "cell"});
  return rest.empty() ? trial_label(trial, differing) : rest;
}

std::vector<Group> make_groups(const std::vector<const TrialData*>& trials, const TrialLabels& labels) {
  std::vector<Group> groups;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    Group group{trials[t],
                trial_label(*trials[t], labels.differing[t]),
                mark_label(*trials[t], labels.differing[t]),
                finished_runs(*trials[t]),
                {}};
    for (const Point& run : group.runs) {
      group.mean.x += run.x / static_cast<double>(group.runs.size());
      group.mean.y += run.y / static_cast<double>(group.runs.size());
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

/// Pixels from the top left corner of the panel.
std::pair<double, double> pixels(const Panel& panel, const Point& point) {
  const double across = std::log(point.x / panel.x.low) / std::log(panel.x.high / panel.x.low);
  const double up = (point.y - panel.y.low) / (panel.y.high - panel.y.low);
  return {across * panel.box.width, (1 - up) * panel.box.height};
}

/// The means that no other one beats in both, joined by steps: what can be had within a time.
Series front_of(const std::vector<Group>& groups, const std::string& colour) {
  std::vector<Point> means;
  for (const Group& group : groups) means.push_back(group.mean);
  std::ranges::sort(
      means, [](const Point& a, const Point& b) { return std::pair(a.x, -a.y) < std::pair(b.x, -b.y); });
  Series front{"best mean within a time", Mark::kReference, colour, {}, {}};
  for (const Point& mean : means) {
    if (!front.points.empty() && mean.y <= front.points.back().y) continue;
    if (!front.points.empty()) front.points.push_back({mean.x, front.points.back().y});
    front.points.push_back(mean);
  }
  return front;
}

void add_labels(Panel& panel, const std::vector<Group>& groups) {
  if (groups.size() > kMostLabels) return;
  std::vector<LabelWish> wishes;
  std::vector<std::pair<double, double>> marks;
  for (const Group& group : groups) {
    const auto [x, y] = pixels(panel, group.mean);
    wishes.push_back({x, y, shortened(group.label, 48)});
    marks.emplace_back(x, y);
    for (const Point& run : group.runs) marks.push_back(pixels(panel, run));
  }
  const std::vector<LabelPlace> places = place_labels(wishes, marks, panel.box.width, panel.box.height);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!places[i].fits) continue;
    panel.notes.push_back(
        {groups[i].mean.x, groups[i].mean.y, wishes[i].text, places[i].anchor, places[i].dx, places[i].dy});
  }
}

}  // namespace

std::optional<Plot> accuracy_against_time(const FigureData& data, const Theme& theme) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return !finished_runs(trial).empty(); });
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const std::vector<Group> groups = make_groups(trials, labels);

  const TrialStyle style(data, theme.palette);
  Plot plot = captioned(data, labels, "accuracy-against-time", "Test accuracy against training time", theme);
  add_missing(plot, data, trials.size(), "no test accuracy or training time");
  plot.subtitles.push_back(parity_note(data, trials));

  Panel panel;
  panel.name = "training time (s), test accuracy (%)";
  Range seconds;
  Range percents;
  for (const Group& group : groups) {
    for (const Point& run : group.runs) {
      seconds.add(run.x);
      percents.add(run.y);
    }
    panel.series.push_back({group.name + ", seeds", Mark::kDot, style.colour(*group.trial),
                            style.shape(*group.trial), group.runs});
  }
  panel.series.push_back(front_of(groups, theme.palette.grey));
  for (const Group& group : groups) {
    panel.series.push_back({group.name + ", mean",
                            Mark::kSolid,
                            style.colour(*group.trial),
                            style.shape(*group.trial),
                            {group.mean}});
  }
  plot.legend = trial_legend(trials, style);
  plot.legend.push_back(
      {"filled: mean of a trial's seeds; open: one seed", Mark::kDot, theme.palette.grey, {}});
  plot.legend.push_back({"best mean within a time (Pareto front)", Mark::kReference, theme.palette.grey, {}});
  panel.box = {80, page_top(plot) + 8, plot.width - 80 - 30, theme.sheet.panel_height};
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = log_axis("training time (s, logarithmic; all epochs, evaluation not included)", seconds);
  panel.y = percent_axis("test accuracy", percents, 7);
  add_labels(panel, groups);
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
