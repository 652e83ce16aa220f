#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "harness/core/median.hpp"
#include "harness/statistics/order_statistics.hpp"
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

/// A phase that is drawn, and in which unit.
struct PhaseFigure {
  const char* phase;
  const char* name;
  const char* title;
  const char* unit;
  double unit_ns;
  const char* axis;
  const char* lacking;
};

constexpr PhaseFigure kEpoch = {"epoch",
                                "epoch-time",
                                "Time per epoch",
                                "s",
                                1e9,
                                "training time of an epoch (s, logarithmic; evaluation not included)",
                                "no finished epoch timed"};
constexpr PhaseFigure kStep = {"step",
                               "step-time",
                               "Time per training step",
                               "ms",
                               1e6,
                               "time of a training step (ms, logarithmic)",
                               "no finished step timed"};

struct PhaseRow {
  const TrialData* trial = nullptr;
  std::string group;          ///< "vocabulary 5,000, length 100", or "" where neither differs
  std::string label;          ///< what else differs
  std::vector<double> times;  ///< a seed's median each, in the figure's unit
  std::vector<double> all;    ///< all seeds' samples
};

/// None where an export left samples out.
std::vector<double> all_samples(const TrialData& trial, const PhaseFigure& figure) {
  std::vector<double> all;
  for (const RunData& run : trial.runs) {
    if (run.status != "finished") continue;
    const bool left_out = std::ranges::any_of(run.timings, [&](const PhaseSamples& timing) {
      return timing.phase == figure.phase && timing.is_median;
    });
    if (left_out) return {};
    for (const std::int64_t sample : phase_samples(run, figure.phase))
      all.push_back(static_cast<double>(sample) / figure.unit_ns);
  }
  return all;
}

std::string group_of(const LabelParts& parts) {
  LabelParts sizes;
  std::copy_if(parts.begin(), parts.end(), std::back_inserter(sizes),
               [](const LabelPart& part) { return part.name == "vocabulary" || part.name == "length"; });
  return label_text(sizes);
}

std::vector<PhaseRow> make_rows(const std::vector<const TrialData*>& trials, const TrialLabels& labels,
                                const PhaseFigure& figure) {
  std::vector<PhaseRow> rows;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const TrialData& trial = *trials[t];
    LabelParts own = labels.differing[t];
    std::erase_if(own, [](const LabelPart& part) { return part.name == "engine" || part.name == "cell"; });
    own.insert(own.begin(), {{"engine", trial.engine}, {"cell", trial.cell}});
    const std::string label = label_text(own, {"vocabulary", "length"});
    std::vector<double> times = median_phases(trial, figure.phase);
    for (double& time : times) time /= figure.unit_ns;
    rows.push_back(
        {&trial, group_of(labels.differing[t]), label, std::move(times), all_samples(trial, figure)});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const PhaseRow& a, const PhaseRow& b) {
    const auto key = [](const PhaseRow& row) {
      return std::tie(row.trial->vocabulary, row.trial->length, row.trial->engine, row.trial->cell);
    };
    return key(a) < key(b);
  });
  return rows;
}

/// The middle nine tenths of all samples, where there are enough to say so.
std::optional<Point> middle_of(const PhaseRow& row, double y) {
  constexpr std::size_t kLeast = 20;
  if (row.all.size() < kLeast) return std::nullopt;
  return Point{median_of(row.all), y, quantile_of(row.all, 0.05), quantile_of(row.all, 0.95)};
}

void add_marks(Panel& panel, const PhaseRow& row, double y, const TrialStyle& style, const Palette& palette) {
  const std::string colour = style.colour(*row.trial);
  const Shape shape = style.shape(*row.trial);
  const std::string name = row.group.empty() ? row.label : row.group + ": " + row.label;
  if (const auto middle = middle_of(row, y))
    panel.series.push_back(
        {name + ", 5 to 95 % of all samples", Mark::kInterval, palette.grey, shape, {*middle}});
  panel.series.push_back({name + ", median", Mark::kTick, colour, shape, {{median_of(row.times), y}}});
  Series seeds{name + ", seeds", Mark::kDot, colour, shape, {}};
  for (const double time : row.times) seeds.points.push_back({time, y});
  panel.series.push_back(std::move(seeds));
}

FigureRow texts_of(const PhaseRow& row, const PhaseFigure& figure) {
  return {row.group, row.label,
          fmt::format("{:.3g} {}  n = {}", median_of(row.times), figure.unit, row.times.size())};
}

std::optional<Plot> phase_time(const FigureData& data, const Theme& theme, const PhaseFigure& figure) {
  const auto trials = choose_trials(
      data, [&](const TrialData& trial) { return !median_phases(trial, figure.phase).empty(); });
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const std::vector<PhaseRow> rows = make_rows(trials, labels, figure);

  const TrialStyle style(data, theme.palette);
  Plot plot = captioned(data, labels, figure.name, figure.title, theme);
  add_missing(plot, data, trials.size(), figure.lacking);
  plot.legend = trial_legend(trials, style);
  for (LegendEntry& entry : plot.legend) entry.mark = Mark::kDot;
  plot.legend.push_back({"median of the seeds' medians", Mark::kTick, theme.palette.grey, {}});
  plot.subtitles.push_back(parity_note(data, trials));

  Range range;
  std::vector<FigureRow> texts;
  bool has_middle = false;
  for (const PhaseRow& row : rows) {
    for (const double time : row.times) range.add(time);
    if (const auto middle = middle_of(row, 0)) {
      has_middle = true;
      range.add(middle->low);
      range.add(middle->high);
    }
    texts.push_back(texts_of(row, figure));
  }
  if (has_middle)
    plot.legend.push_back({"5 to 95 % of all samples", Mark::kInterval, theme.palette.grey, {}});
  auto [panel, heights, labels_above] = row_panel(texts, plot, page_top(plot) + 8);
  panel.name = fmt::format("{} ({})", figure.phase, figure.unit);
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = log_axis(figure.axis, range);
  for (std::size_t i = 0; i < rows.size(); ++i) add_marks(panel, rows[i], heights[i], style, theme.palette);
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace

std::optional<Plot> epoch_time(const FigureData& data, const Theme& theme) {
  return phase_time(data, theme, kEpoch);
}

std::optional<Plot> step_time(const FigureData& data, const Theme& theme) {
  return phase_time(data, theme, kStep);
}

}  // namespace rnnbench
