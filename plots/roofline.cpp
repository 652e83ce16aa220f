#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/label_places.hpp"
#include "plots/row_panel.hpp"
#include "results/query/bench_measures.hpp"
#include "results/query/bench_names.hpp"
#include "results/query/machine_names.hpp"

namespace rnnbench {
namespace {

constexpr double kGiga = 1e9;

/// What one machine can do on so many threads, as it was measured before the steps.
struct Roofs {
  double peak = 0;                                         ///< operations a second
  std::vector<std::pair<std::string, double>> bandwidths;  ///< level, bytes a second; the slowest last
};

struct Step {
  std::string label;
  double intensity = 0;  ///< operations a byte
  double rate = 0;       ///< operations a second
};

Roofs roofs_of(const BenchSideData& side) {
  Roofs roofs{metric_of(side, "multiply_add_peak"), {}};
  for (const char* level : {"L1", "L2", "L3", "memory"}) {
    std::string name = fmt::format("bandwidth_{}", level);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (const double found = metric_of(side, name.c_str()); found > 0)
      roofs.bandwidths.emplace_back(level, found);
  }
  return roofs;
}

/// Steps under the same roofs: those of a machine on so many threads.
struct Roofline {
  std::string machine;
  int threads = 0;
  Roofs roofs;  ///< the highest that were measured beside them
  std::vector<Step> steps;
};

int threads_used(const BenchSideData& side) {
  const nlohmann::json details =
      nlohmann::json::parse(side.engine_details, nullptr, /*allow_exceptions=*/false);
  return details.is_object() ? details.value("threads", 0) : 0;
}

double seconds_of_step(const BenchSideData& side) { return median_round_ns(side, "step") * 1e-9; }

/// Whether its engine says what a step needs, and the machine's roofs were measured beside it.
bool can_be_drawn(const BenchSideData& side) {
  return metric_of(side, "needed_operations") > 0 && metric_of(side, "needed_bytes") > 0 &&
         seconds_of_step(side) > 0 && roofs_of(side).peak > 0;
}

/// Finished comparisons with the sides that can be drawn: whose parity matters here.
FigureData drawable(const FigureData& data) {
  FigureData drawn;
  drawn.environments = data.environments;
  for (BenchData bench : data.benches) {
    std::erase_if(bench.sides, [](const BenchSideData& side) { return !can_be_drawn(side); });
    if (bench.status == "finished" && !bench.sides.empty()) drawn.benches.push_back(std::move(bench));
  }
  return drawn;
}

/// By machine and threads.
std::vector<Roofline> rooflines_of(const std::vector<BenchData>& benches) {
  std::vector<Roofline> all;
  for (const BenchData& bench : benches) {
    for (const BenchSideData& side : bench.sides) {
      const double operations = metric_of(side, "needed_operations"), bytes = metric_of(side, "needed_bytes");
      Roofs roofs = roofs_of(side);
      const std::string machine = machine_name({0, side.environment});
      auto found = std::ranges::find_if(all, [&](const Roofline& each) {
        return each.machine == machine && each.threads == threads_used(side);
      });
      if (found == all.end()) found = all.insert(found, {machine, threads_used(side), {}, {}});
      if (roofs.peak > found->roofs.peak) found->roofs = std::move(roofs);
      found->steps.push_back({fmt::format("{} {}", bench_name(bench), side.label), operations / bytes,
                              operations / seconds_of_step(side)});
    }
  }
  return all;
}

std::pair<double, double> pixels(const Panel& panel, double x, double y) {
  const double across = std::log(x / panel.x.low) / std::log(panel.x.high / panel.x.low);
  const double up = std::log(y / panel.y.low) / std::log(panel.y.high / panel.y.low);
  return {across * panel.box.width, (1 - up) * panel.box.height};
}

void add_roofs(Panel& panel, const Roofs& roofs, const Palette& palette) {
  const double peak = roofs.peak / kGiga;
  panel.series.push_back(
      {"multiply-add peak", Mark::kReference, palette.grey, {}, {{panel.x.low, peak}, {panel.x.high, peak}}});
  panel.notes.push_back({.x = panel.x.high,
                         .y = peak,
                         .text = fmt::format("{:.0f} GFLOP/s", peak),
                         .anchor = Anchor::kRight,
                         .dx = -4,
                         .dy = 9});
  for (const auto& [level, bandwidth] : roofs.bandwidths) {
    const double slope = bandwidth / kGiga;
    const double from = std::max(panel.x.low, panel.y.low / slope), to = std::min(panel.x.high, peak / slope);
    if (from >= to) continue;
    panel.series.push_back({"bandwidth of " + level,
                            Mark::kReference,
                            palette.grey,
                            {},
                            {{from, from * slope}, {to, to * slope}}});
    const double beside = std::max(from, 1.3 * panel.y.low / slope);  // not on the lower edge
    panel.notes.push_back({.x = beside,
                           .y = beside * slope,
                           .text = fmt::format("{} {:.0f} GB/s", level, slope),
                           .anchor = Anchor::kLeft,
                           .dx = 6,
                           .dy = -4});
  }
}

void add_labels(Panel& panel, const std::vector<Step>& steps) {
  std::vector<LabelWish> wishes;
  std::vector<std::pair<double, double>> marks;
  for (const Step& step : steps) {
    const auto [x, y] = pixels(panel, step.intensity, step.rate / kGiga);
    wishes.push_back({x, y, shortened(step.label, 30)});
    marks.emplace_back(x, y);
  }
  const std::vector<LabelPlace> places = place_labels(wishes, marks, panel.box.width, panel.box.height);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!places[i].fits) continue;
    panel.notes.push_back({steps[i].intensity, steps[i].rate / kGiga, wishes[i].text, places[i].anchor,
                           places[i].dx, places[i].dy});
  }
}

}  // namespace

std::optional<Plot> roofline(const FigureData& all_data, const Theme& theme) {
  const FigureData data = drawable(all_data);
  const std::vector<Roofline> all = rooflines_of(data.benches);
  if (all.empty()) return std::nullopt;
  const auto& [machine, threads, roofs, steps] =
      *std::ranges::max_element(all, {}, [](const Roofline& each) { return each.steps.size(); });
  Plot plot = bench_plot(data, "roofline", "Roofline of training steps", theme);
  plot.subtitles.emplace_back(
      "Operations that the engine's shortcuts leave of a step, against the bytes it would move were nothing "
      "kept in a "
      "cache (Williams et al. 2009): a step whose data stays in a cache may lie above memory's roof.");
  plot.subtitles.push_back(fmt::format(
      "Steps on {} threads{}{}; {} of {} that were timed are on as many threads of one machine.", threads,
      machine.empty() ? "" : " of ", machine, steps.size(),
      std::accumulate(all.begin(), all.end(), std::size_t{0},
                      [](std::size_t sum, const Roofline& each) { return sum + each.steps.size(); })));
  Range intensities, rates;
  for (const Step& step : steps) {
    intensities.add(step.intensity);
    rates.add(step.rate / kGiga);
  }
  intensities.add(intensities.low / 4);
  intensities.add(intensities.high * 4);
  rates.add(roofs.peak / kGiga * 1.3);
  rates.add(rates.low / 3);
  plot.legend = {
      {"a training step", Mark::kSolid, theme.palette.categories[0], Shape::kCircle},
      {"measured: multiply-add peak, bandwidths of the triad", Mark::kReference, theme.palette.grey, {}}};
  Panel panel;
  panel.name = "operations a byte, GFLOP/s";
  panel.box = {80, page_top(plot) + 8, plot.width - 80 - 30, theme.sheet.panel_height};
  plot.height = height_below(plot, panel.box.top + panel.box.height);
  panel.x = log_axis("operations a byte (logarithmic)", intensities);
  panel.y = log_axis("GFLOP/s (logarithmic)", rates);
  add_roofs(panel, roofs, theme.palette);
  Series points{"training steps", Mark::kSolid, theme.palette.categories[0], Shape::kCircle, {}};
  for (const Step& step : steps) points.points.push_back({step.intensity, step.rate / kGiga});
  panel.series.push_back(std::move(points));
  add_labels(panel, steps);
  plot.panels.push_back(std::move(panel));
  return plot;
}

}  // namespace rnnbench
