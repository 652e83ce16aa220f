#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/row_panel.hpp"
#include "results/query/claim_text.hpp"

namespace rnnbench {
namespace {

/// Differences from the reported value in units of its margin, so that accuracies and losses stand on one
/// axis.
struct ReportedRow {
  std::string heading, label, numbers;
  std::vector<double> runs;
  double centre = 0, low = 0, high = 0;
  ClaimOutcome outcome = ClaimOutcome::kInconclusive;
};

constexpr double kFarthest = 5;  // margins; what lies further is drawn at the edge

ReportedRow row_of(const ClaimData& claim, const JudgedFigure& judged) {
  const ReportedFigure& figure = judged.figure;
  const auto in_margins = [&](double value) {
    return std::clamp((value - figure.value) / figure.margin, -kFarthest, kFarthest);
  };
  ReportedRow row;
  row.heading = fmt::format("{}: {}, {}", claim.claim.id, figure_name(figure), figure.printed);
  row.label = fmt::format("{}, n = {}", engine_text(*judged.trial), judged.verdict.n);
  row.numbers = fmt::format("{}  {}", centre_text(figure, judged.verdict), name_of(judged.verdict.outcome));
  for (const double value : judged.values) row.runs.push_back(in_margins(value));
  row.centre = in_margins(judged.verdict.centre);
  row.low = judged.verdict.interval ? in_margins(judged.verdict.interval->low) : row.centre;
  row.high = judged.verdict.interval ? in_margins(judged.verdict.interval->high) : row.centre;
  row.outcome = judged.verdict.outcome;
  return row;
}

std::vector<ReportedRow> rows_of(const std::vector<ClaimData>& claims) {
  std::vector<ReportedRow> rows;
  for (const ClaimData& claim : claims) {
    for (const JudgedFigure& judged : judge_figures(claim)) {
      if (std::isfinite(judged.verdict.centre)) rows.push_back(row_of(claim, judged));
    }
  }
  return rows;
}

std::string colour_of(ClaimOutcome outcome, const Palette& palette) {
  switch (outcome) {
    case ClaimOutcome::kReproduced:
      return palette.categories[2];
    case ClaimOutcome::kNotReproduced:
      return palette.categories[1];
    case ClaimOutcome::kInconclusive:
      break;
  }
  return palette.categories[4];
}

Axis margin_axis() {
  Axis axis{"difference from the reported value, in margins", -kFarthest - 0.3, kFarthest + 0.3, false, {}};
  for (int at = -5; at <= 5; ++at) {
    const bool edge = std::abs(at) == 5;
    axis.ticks.push_back({static_cast<double>(at), edge     ? (at < 0 ? "≤ −5" : "≥ 5")
                                                   : at < 0 ? fmt::format("−{}", -at)
                                                            : fmt::format("{}", at)});
  }
  return axis;
}

void add_marks(Panel& panel, const ReportedRow& row, double y, const Palette& palette) {
  const std::string colour = colour_of(row.outcome, palette);
  const std::string name = row.heading + ", " + row.label;
  Series runs{name + ", runs", Mark::kDot, palette.grey, Shape::kCircle, {}};
  for (const double value : row.runs) runs.points.push_back({value, y});
  panel.series.push_back(std::move(runs));
  panel.series.push_back(
      {name + ", 95 % interval", Mark::kInterval, colour, {}, {{row.centre, y, row.low, row.high}}});
  panel.series.push_back({name + ", centre", Mark::kTick, colour, {}, {{row.centre, y}}});
}

FigureData merged(const std::vector<ClaimData>& claims) {
  FigureData all;
  for (const ClaimData& claim : claims) {
    std::ranges::copy(claim.data.trials, std::back_inserter(all.trials));
    std::ranges::copy(claim.data.environments, std::back_inserter(all.environments));
    std::ranges::copy(claim.data.experiments, std::back_inserter(all.experiments));
  }
  return all;
}

}  // namespace

std::optional<Plot> reported_figures(const std::vector<ClaimData>& claims, const Theme& theme) {
  const std::vector<ReportedRow> rows = rows_of(claims);
  if (rows.empty()) return std::nullopt;
  const FigureData data = merged(claims);
  Plot plot = captioned(data, {}, "reproduction", "Reported figures and what repeated runs gave", theme);
  plot.title = "Reported figures and what repeated runs gave";
  plot.subtitles.emplace_back(
      "0 is the reported value and the shaded area its margin, fixed before the runs: REPRODUCED where the "
      "interval "
      "lies within it, and the reported value where one more run would. Upright strokes are means, or "
      "medians where runs stayed at chance.");
  const Palette& palette = theme.palette;
  plot.legend = {
      {"95 % interval: reproduced", Mark::kInterval, colour_of(ClaimOutcome::kReproduced, palette), {}},
      {"not reproduced", Mark::kInterval, colour_of(ClaimOutcome::kNotReproduced, palette), {}},
      {"inconclusive", Mark::kInterval, colour_of(ClaimOutcome::kInconclusive, palette), {}},
      {"one run", Mark::kDot, palette.grey, Shape::kCircle},
      {"within the margin", Mark::kBand, palette.categories[0], {}}};
  std::vector<FigureRow> texts;
  for (const ReportedRow& row : rows) texts.push_back({row.heading, row.label, row.numbers});
  auto [panel, heights, labels_above] = row_panel(texts, plot, page_top(plot) + 8);
  panel.name = "difference from the reported value (margins)";
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = margin_axis();
  panel.series.push_back({"within the margin",
                          Mark::kBand,
                          palette.categories[0],
                          {},
                          {{-1, 0, panel.y.low, panel.y.high}, {1, 0, panel.y.low, panel.y.high}}});
  panel.series.push_back(
      {"reported value", Mark::kReference, palette.grey, {}, {{0, panel.y.low}, {0, panel.y.high}}});
  for (std::size_t i = 0; i < rows.size(); ++i) add_marks(panel, rows[i], heights[i], palette);
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
