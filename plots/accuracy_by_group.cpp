#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/row_panel.hpp"
#include "plots/trial_values.hpp"
#include "results/query/mean_interval.hpp"

namespace rnnbench {
namespace {

using Groups = std::vector<GroupAccuracy> TestPredictions::*;

/// What a figure of groups is called, and where a group of them stands along x.
struct GroupFigure {
  Groups groups;
  const char* name;
  const char* title;
  const char* lacking;
};

const std::vector<GroupAccuracy>& groups_of(const RunData& run, Groups groups) {
  static const std::vector<GroupAccuracy> kNone;
  return run.status == "finished" && run.predictions ? (*run.predictions).*groups : kNone;
}

bool has_groups(const TrialData& trial, Groups groups) {
  return std::ranges::any_of(trial.runs, [&](const RunData& run) { return !groups_of(run, groups).empty(); });
}

/// Of a group of reviews, in percent, over the runs that have it.
struct GroupMean {
  GroupAccuracy group;
  MeanInterval percent;
};

/// In the order of their groups; a trial's runs have one test split.
std::vector<GroupMean> means_of(const TrialData& trial, Groups groups) {
  std::vector<GroupAccuracy> first;
  std::vector<std::vector<double>> percents;
  for (const RunData& run : trial.runs) {
    const auto& of_run = groups_of(run, groups);
    if (first.empty()) first = of_run;
    if (of_run.size() != first.size()) continue;
    percents.resize(first.size());
    for (std::size_t i = 0; i < first.size(); ++i)
      percents[i].push_back(100 * static_cast<double>(of_run[i].right) /
                            static_cast<double>(of_run[i].reviews));
  }
  std::vector<GroupMean> means;
  for (std::size_t i = 0; i < first.size(); ++i) means.push_back({first[i], mean_interval(percents[i])});
  return means;
}

double mean_percent(const TrialData& trial) { return mean_interval(test_percents(trial)).mean; }

/// The best of those with groups, as many as colours can tell apart.
std::vector<const TrialData*> best_with_groups(const FigureData& data, Groups groups, std::size_t most) {
  auto trials = choose_trials(data, [&](const TrialData& trial) {
    return has_groups(trial, groups) && std::isfinite(mean_percent(trial));
  });
  std::ranges::stable_sort(trials, std::greater(),
                           [](const TrialData* trial) { return mean_percent(*trial); });
  trials.resize(std::min(trials.size(), most));
  return trials;
}

/// Lines and intervals of the trials; `x_of` says where a group of a line stands.
template <typename X>
void add_lines(Panel& panel, const std::vector<std::vector<GroupMean>>& lines,
               const std::vector<std::string>& names, const Palette& palette, X x_of) {
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::string colour = palette.categories[line];
    Series intervals{names[line] + ", 95 % interval", Mark::kUpright, colour, {}, {}};
    Series means{names[line] + ", mean", Mark::kThickLine, colour, {}, {}};
    for (const auto& [group, percent] : lines[line]) {
      const double x = x_of(group, line);
      means.points.push_back({x, percent.mean});
      if (percent.bounds)
        intervals.points.push_back(
            {x, percent.mean, std::max(percent.bounds->low, 0.0), std::min(percent.bounds->high, 100.0)});
    }
    if (!intervals.points.empty()) panel.series.push_back(std::move(intervals));
    panel.series.push_back(std::move(means));
  }
}

Range percents_of(const Panel& panel) {
  Range range;
  for (const Series& series : panel.series) {
    for (const Point& point : series.points) {
      range.add(point.y);
      if (series.mark != Mark::kUpright) continue;
      range.add(point.low);
      range.add(point.high);
    }
  }
  return range;
}

/// Means of the trials, the best first, and the words about them; no axes yet.
struct GroupPlot {
  Plot plot;
  std::vector<std::vector<GroupMean>> lines;
  std::vector<std::string> names;
};

std::optional<GroupPlot> group_plot(const FigureData& data, const Theme& theme, const GroupFigure& figure) {
  const auto trials = best_with_groups(data, figure.groups, theme.palette.categories.size());
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  GroupPlot made{captioned(data, labels, figure.name, figure.title, theme), {}, {}};
  add_missing(made.plot, data, trials.size(), figure.lacking);
  for (std::size_t t = 0; t < trials.size(); ++t) {
    made.lines.push_back(means_of(*trials[t], figure.groups));
    made.names.push_back(shortened(trial_label(*trials[t], labels.differing[t]), 60));
    made.plot.legend.push_back({made.names.back(), Mark::kThickLine, theme.palette.categories[t], {}});
  }
  made.plot.legend.push_back({"95 % t interval of the mean", Mark::kUpright, theme.palette.grey, {}});
  return made;
}

Plot with_panel(GroupPlot made, Panel panel, const Theme& theme, Axis x) {
  panel.x = std::move(x);
  panel.y = percent_axis("test accuracy", percents_of(panel), 6);
  panel.y.label = "test accuracy (%)";
  made.plot.subtitles.push_back(fmt::format("Accuracy from {:.4g} to {:.4g} %.", panel.y.low, panel.y.high));
  panel.box = {80, page_top(made.plot) + 8, made.plot.width - 80 - 30, theme.sheet.panel_height};
  made.plot.height = height_below(made.plot, panel.box.top + panel.box.height);
  made.plot.panels.push_back(std::move(panel));
  return std::move(made.plot);
}

/// How far a line is moved aside, so that intervals don't cover each other: 0 in the middle of the lines.
double aside(std::size_t line, std::size_t lines) {
  return static_cast<double>(line) - static_cast<double>(lines - 1) / 2;
}

}  // namespace

std::optional<Plot> accuracy_by_length(const FigureData& data, const Theme& theme) {
  auto made =
      group_plot(data, theme,
                 {&TestPredictions::by_length, "accuracy-by-length", "Test accuracy by length of review",
                  "no stored test predictions with lengths, or not among the best"});
  if (!made) return std::nullopt;
  made->plot.subtitles.emplace_back(
      "Fifths of the test reviews by the words of their whole texts, each at its median.");
  Panel panel;
  panel.name = "words of a review, test accuracy (%)";
  Range words;
  add_lines(
      panel, made->lines, made->names, theme.palette, [&](const GroupAccuracy& group, std::size_t line) {
        const double x = std::max(group.middle, 1.0) * std::exp(0.012 * aside(line, made->lines.size()));
        words.add(x);
        return x;
      });
  return with_panel(std::move(*made), std::move(panel), theme,
                    log_axis("words of a review (logarithmic)", words));
}

std::optional<Plot> accuracy_by_rating(const FigureData& data, const Theme& theme) {
  auto made =
      group_plot(data, theme,
                 {&TestPredictions::by_rating, "accuracy-by-rating", "Test accuracy by stars of review",
                  "no stored test predictions with ratings, or not among the best"});
  if (!made) return std::nullopt;
  std::vector<int> stars;
  for (const auto& line : made->lines) {
    for (const GroupMean& mean : line) stars.push_back(static_cast<int>(mean.group.middle));
  }
  std::ranges::sort(stars);
  stars.erase(std::unique(stars.begin(), stars.end()), stars.end());
  made->plot.subtitles.emplace_back("Few stars are negative reviews, many are positive ones.");
  Panel panel;
  panel.name = "stars, test accuracy (%)";
  add_lines(
      panel, made->lines, made->names, theme.palette, [&](const GroupAccuracy& group, std::size_t line) {
        const auto place = std::ranges::lower_bound(stars, static_cast<int>(group.middle)) - stars.begin();
        return static_cast<double>(place) + 0.04 * aside(line, made->lines.size());
      });
  return with_panel(std::move(*made), std::move(panel), theme, index_axis("stars of a review", stars));
}

}  // namespace rnnbench
