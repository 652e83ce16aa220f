#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "harness/core/median.hpp"
#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/style.hpp"
#include "results/query/mean_interval.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr double kWidth = 1000;
constexpr double kRowHeight = 26;
constexpr double kNumbersWidth = 150;

struct Row {
  const TrialData* trial = nullptr;
  std::string group;            ///< "vocabulary 5,000, length 100", or "" where neither differs
  std::string label;            ///< what else differs
  std::vector<double> seconds;  ///< a seed's median epoch each
};

std::vector<double> median_epochs(const TrialData& trial) {
  std::vector<double> seconds;
  for (const RunData& run : trial.runs) {
    std::vector<double> epochs;
    for (const std::int64_t sample : phase_samples(run, "epoch"))
      epochs.push_back(static_cast<double>(sample) / 1e9);
    if (run.status == "finished" && !epochs.empty()) seconds.push_back(median_of(epochs));
  }
  return seconds;
}

std::string group_of(const LabelParts& parts) {
  LabelParts sizes;
  std::copy_if(parts.begin(), parts.end(), std::back_inserter(sizes),
               [](const LabelPart& part) { return part.name == "vocabulary" || part.name == "length"; });
  return label_text(sizes);
}

std::vector<Row> make_rows(const std::vector<const TrialData*>& trials, const TrialLabels& labels) {
  std::vector<Row> rows;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const TrialData& trial = *trials[t];
    LabelParts own = labels.differing[t];
    std::erase_if(own, [](const LabelPart& part) { return part.name == "engine" || part.name == "cell"; });
    own.insert(own.begin(), {{"engine", trial.engine}, {"cell", trial.cell}});
    const std::string label = shortened(label_text(own, {"vocabulary", "length"}), 50);
    rows.push_back({&trial, group_of(labels.differing[t]), label, median_epochs(trial)});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const auto key = [](const Row& row) {
      return std::tie(row.trial->vocabulary, row.trial->length, row.trial->engine, row.trial->cell);
    };
    return key(a) < key(b);
  });
  return rows;
}

void add_row(Panel& panel, const Row& row, double y, const TrialStyle& style) {
  const std::string colour = style.colour(*row.trial);
  const Shape shape = style.shape(*row.trial);
  const std::string name = row.group.empty() ? row.label : row.group + ": " + row.label;
  const double middle = median_of(row.seconds);
  panel.series.push_back({name + ", median", Mark::kTick, colour, shape, {{middle, y}}});
  Series seeds{name + ", seeds", Mark::kDot, colour, shape, {}};
  for (const double seconds : row.seconds) seeds.points.push_back({seconds, y});
  panel.series.push_back(std::move(seeds));
  panel.y.ticks.push_back({y, row.label});
  panel.notes.push_back({1, y, fmt::format("{:.3g} s  n = {}", middle, row.seconds.size()), Anchor::kLeft, 10,
                         0,
                         /*across=*/true});
}

}  // namespace

std::optional<Plot> epoch_time(const FigureData& data) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return !median_epochs(trial).empty(); });
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  const std::vector<Row> rows = make_rows(trials, labels);

  const TrialStyle style(data);
  Plot plot = captioned(data, labels, "epoch-time", "Time per epoch");
  add_missing(plot, data, trials.size(), "no finished epoch timed");
  Range range;
  std::size_t longest = 0;
  double lines = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const double seconds : rows[i].seconds) range.add(seconds);
    longest = std::max({longest, display_width(rows[i].label), display_width(rows[i].group)});
    const bool opens_group = !rows[i].group.empty() && (i == 0 || rows[i].group != rows[i - 1].group);
    lines += opens_group ? 2 : 1;
  }
  plot.legend = trial_legend(trials, style);
  for (LegendEntry& entry : plot.legend) entry.mark = Mark::kDot;
  plot.legend.push_back({"median of the seeds", Mark::kTick, kGrey});
  plot.subtitles.push_back(parity_note(data, trials));
  plot.width = kWidth;

  Panel panel;
  panel.name = "epoch (s)";
  const double left = 38 + label_pixels(std::string(longest, 'x'));
  panel.box = {left, page_top(plot) + 8, kWidth - left - kNumbersWidth, kRowHeight * (lines + 0.4)};
  plot.height = panel.box.top + panel.box.height + 46 + footer_height(plot);
  panel.x = log_axis("median training time of an epoch (s, logarithmic; evaluation not included)", range);
  panel.y = {"", 0.3, lines + 0.7, false, {}};
  double y = lines;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].group.empty() && (i == 0 || rows[i].group != rows[i - 1].group)) {
      panel.notes.push_back({0, y, rows[i].group, Anchor::kRight, -8, -2, /*across=*/true, /*bold=*/true});
      --y;
    }
    add_row(panel, rows[i], y--, style);
  }
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
