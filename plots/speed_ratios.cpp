#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/row_panel.hpp"
#include "results/query/bench_measures.hpp"
#include "results/query/bench_names.hpp"

namespace rnnbench {
namespace {

struct RatioRow {
  std::string heading, label;
  TimingRatio ratio;
};

/// Of each comparison its sides but the reference, the slowest first.
std::vector<RatioRow> rows_of(const BenchData& bench, const char* phase) {
  std::vector<RatioRow> rows;
  if (bench.status != "finished") return rows;
  for (std::size_t side = 1; side < bench.sides.size(); ++side) {
    const Finding<TimingRatio> ratio = ratio_of(bench, bench.sides[side], phase);
    if (!ratio) continue;
    rows.push_back({fmt::format("{}: against {}", bench_name(bench), bench.sides.front().label),
                    bench.sides[side].label, *ratio});
  }
  std::ranges::sort(rows, std::greater(), [](const RatioRow& row) { return row.ratio.ratio; });
  return rows;
}

std::string ratio_numbers(const TimingRatio& ratio) {
  return fmt::format("{:.3g}  [{:.3g}, {:.3g}]", ratio.ratio, ratio.interval.low, ratio.interval.high);
}

/// At 1, 2 and 5 times powers of ten on both sides of 1, which is always shown.
Axis ratio_axis(const std::vector<RatioRow>& rows) {
  Range range;
  range.add(1);
  for (const RatioRow& row : rows) {
    range.add(row.ratio.interval.low);
    range.add(row.ratio.interval.high);
  }
  return log_axis("time of a step, times the reference's (logarithmic)", range);
}

}  // namespace

std::optional<Plot> speed_ratios(const FigureData& data, const Theme& theme) {
  std::vector<RatioRow> rows;
  for (const BenchData& bench : data.benches)
    std::ranges::move(rows_of(bench, "step"), std::back_inserter(rows));
  if (rows.empty()) return std::nullopt;
  Plot plot = bench_plot(data, "speed-ratios", "Time of a training step against the reference", theme);
  plot.legend = {{"ratio of the rounds' medians", Mark::kTick, theme.palette.categories[0], {}},
                 {"95 % t interval over rounds", Mark::kInterval, theme.palette.grey, {}},
                 {"as long as the reference", Mark::kReference, theme.palette.grey, {}}};
  std::vector<FigureRow> texts;
  for (const RatioRow& row : rows) texts.push_back({row.heading, row.label, ratio_numbers(row.ratio)});
  auto [panel, heights, labels_above] = row_panel(texts, plot, page_top(plot) + 8);
  panel.name = "training step, times the reference";
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = ratio_axis(rows);
  panel.series.push_back({"as long as the reference",
                          Mark::kReference,
                          theme.palette.grey,
                          {},
                          {{1, panel.y.low}, {1, panel.y.high}}});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [low, high] = rows[i].ratio.interval;
    const std::string name = rows[i].heading + ": " + rows[i].label;
    panel.series.push_back({name + ", 95 % interval",
                            Mark::kInterval,
                            theme.palette.grey,
                            {},
                            {{rows[i].ratio.ratio, heights[i], low, high}}});
    panel.series.push_back(
        {name, Mark::kTick, theme.palette.categories[0], {}, {{rows[i].ratio.ratio, heights[i]}}});
  }
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
