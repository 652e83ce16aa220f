#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/panel_grid.hpp"

namespace rnnbench {
namespace {

bool has_predictions(const TrialData& trial) {
  return std::ranges::any_of(trial.runs, [](const RunData& run) { return run.predictions.has_value(); });
}

/// Reviews of all seeds together, [label][called], negative first.
using Counts = std::array<std::array<double, 2>, 2>;

Counts counts_of(const TrialData& trial, int& runs) {
  Counts counts{};
  for (const RunData& run : trial.runs) {
    if (!run.predictions) continue;
    const Confusion& found = run.predictions->report.counts;
    counts[0][0] += static_cast<double>(found.true_negative);
    counts[0][1] += static_cast<double>(found.false_positive);
    counts[1][0] += static_cast<double>(found.false_negative);
    counts[1][1] += static_cast<double>(found.true_positive);
    ++runs;
  }
  return counts;
}

/// Two classes, the first at 0.
Axis class_axis(const std::string& label) {
  return {label, -0.5, 1.5, false, {{0, "negative"}, {1, "positive"}}};
}

Panel panel_of(const Counts& counts, int runs, const Palette& palette) {
  Panel panel;
  panel.x = class_axis("called");
  panel.y = class_axis("label");
  for (std::size_t label = 0; label < 2; ++label) {
    const double all = counts[label][0] + counts[label][1];
    for (std::size_t called = 0; called < 2; ++called) {
      const double share = all > 0 ? counts[label][called] / all : 0;
      const std::string colour = heat_colour(palette, share);
      const auto x = static_cast<double>(called), y = static_cast<double>(label);
      panel.series.push_back({fmt::format("{} called {}, reviews a run", label == 0 ? "negative" : "positive",
                                          called == 0 ? "negative" : "positive"),
                              Mark::kCell,
                              colour,
                              {},
                              {{x, y, x - 0.5, x + 0.5, counts[label][called] / runs}}});
      panel.notes.push_back({.x = x,
                             .y = y,
                             .text = fmt::format("{:.1f} %", 100 * share),
                             .anchor = Anchor::kCentre,
                             .dy = 7,
                             .bold = true,
                             .colour = text_on(colour)});
      panel.notes.push_back({.x = x,
                             .y = y,
                             .text = fmt::format("{:.0f}", counts[label][called] / runs),
                             .anchor = Anchor::kCentre,
                             .dy = -8,
                             .colour = text_on(colour)});
    }
  }
  return panel;
}

}  // namespace

std::optional<Plot> confusion_matrices(const FigureData& data, const Theme& theme) {
  const auto trials = choose_trials(data, has_predictions);
  if (trials.empty()) return std::nullopt;
  const TrialLabels labels = label_trials(trials);
  Plot plot = captioned(data, labels, "confusion", "Confusion matrices of the test reviews", theme);
  add_missing(plot, data, trials.size(), "no stored test predictions");
  plot.subtitles.emplace_back(
      "Of the reviews of each label, the share that was called so, and how many a run; over all seeds.");
  std::vector<std::string> headings;
  for (std::size_t t = 0; t < trials.size(); ++t)
    headings.push_back(trial_label(*trials[t], labels.differing[t]));
  const PanelGrid grid = panel_grid(headings, theme.sheet, /*least_width=*/170);
  std::vector<PanelStack> stacks;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    int runs = 0;
    const Counts counts = counts_of(*trials[t], runs);
    Panel panel = panel_of(counts, runs, theme.palette);
    panel.name = headings[t] + ", test reviews";
    for (Note& note : heading_notes(headings[t], fmt::format("n = {}", runs), panel, grid))
      panel.notes.push_back(std::move(note));
    stacks.push_back({std::move(panel)});
  }
  lay_out(plot, std::move(stacks), grid, std::min(0.5 * grid.width, theme.sheet.panel_height / 2));
  return plot;
}

}  // namespace rnnbench
