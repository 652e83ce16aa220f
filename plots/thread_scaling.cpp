#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/row_panel.hpp"
#include "results/query/bench_measures.hpp"
#include "results/query/bench_names.hpp"

namespace rnnbench {
namespace {

/// Threads of a side, 0: not recorded.
int threads_asked(const BenchSideData& side) {
  const nlohmann::json settings = nlohmann::json::parse(side.settings, nullptr, /*allow_exceptions=*/false);
  const nlohmann::json::json_pointer threads("/training/threads");
  return settings.is_object() && settings.contains(threads) && settings[threads].is_number_integer()
             ? settings[threads].get<int>()
             : 0;
}

/// How many times as fast as on one thread.
struct ThreadsRow {
  std::string label;
  int threads = 0;
  TimingRatio speed;
};

/// Of a comparison of one engine with itself on one thread, the fewest threads first; none of any other.
std::vector<ThreadsRow> rows_of(const BenchData& bench) {
  const BenchSideData* one = nullptr;
  for (const BenchSideData& side : bench.sides) {
    if (side.engine != bench.sides.front().engine) return {};
    if (threads_asked(side) == 1) one = &side;
  }
  std::vector<ThreadsRow> rows;
  if (one == nullptr || bench.status != "finished") return rows;
  for (const BenchSideData& side : bench.sides) {
    const int threads = threads_asked(side);
    if (threads < 2 || !problem_of(side, "step").empty() || !problem_of(*one, "step").empty()) continue;
    const Finding<TimingRatio> speed = mean_ratio(rounds_of(side, "step"), rounds_of(*one, "step"));
    if (speed)
      rows.push_back(
          {fmt::format("{}, {} on {} threads", bench_name(bench), side.engine, threads), threads, *speed});
  }
  std::ranges::sort(rows, {}, &ThreadsRow::threads);
  return rows;
}

std::string speed_numbers(const TimingRatio& speed) {
  return fmt::format("{:.2f}  [{:.2f}, {:.2f}]", speed.ratio, speed.interval.low, speed.interval.high);
}

}  // namespace

std::optional<Plot> thread_scaling(const FigureData& data, const Theme& theme) {
  std::vector<ThreadsRow> rows;
  for (const BenchData& bench : data.benches) std::ranges::move(rows_of(bench), std::back_inserter(rows));
  if (rows.empty()) return std::nullopt;
  Plot plot = bench_plot(data, "thread-scaling", "Training steps on more threads", theme);
  const std::string colour = theme.palette.categories[0];
  plot.legend = {{"times as fast as on one thread", Mark::kTick, colour, {}},
                 {"95 % t interval over rounds", Mark::kInterval, theme.palette.grey, {}},
                 {"as many times as threads", Mark::kDot, theme.palette.grey, Shape::kDiamond}};
  std::vector<FigureRow> texts;
  Range range;
  range.add(1);
  for (const ThreadsRow& row : rows) {
    texts.push_back({"", row.label, speed_numbers(row.speed)});
    range.add(row.threads);
    range.add(row.speed.interval.low);
    range.add(row.speed.interval.high);
  }
  auto [panel, heights, labels_above] = row_panel(texts, plot, page_top(plot) + 8);
  panel.name = "training step, times as fast as on one thread";
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = linear_axis("times as fast as on one thread", range, ticks_of(theme.sheet));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ThreadsRow& row = rows[i];
    const std::string& name = row.label;
    panel.series.push_back({name + ", ideal",
                            Mark::kDot,
                            theme.palette.grey,
                            Shape::kDiamond,
                            {{static_cast<double>(row.threads), heights[i]}}});
    panel.series.push_back(
        {name + ", 95 % interval",
         Mark::kInterval,
         theme.palette.grey,
         {},
         {{row.speed.ratio, heights[i], row.speed.interval.low, row.speed.interval.high}}});
    panel.series.push_back({name, Mark::kTick, colour, {}, {{row.speed.ratio, heights[i]}}});
  }
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
