#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iomanip>
#include <map>
#include <sstream>

#include "harness/core/median.hpp"
#include "plots/axes.hpp"
#include "plots/captions.hpp"
#include "plots/figure_plots.hpp"
#include "plots/panel_grid.hpp"
#include "results/query/machine_names.hpp"

namespace rnnbench {
namespace {

constexpr double kHour = 3600;
constexpr double kMebi = 1 << 20;
constexpr double kGiga = 1e9;
constexpr double kMillisecond = 1e6;

/// Something that was recorded of the machine, a value a run at the time when it began.
struct Quantity {
  const char* name;
  const char* heading;
  double (*of)(const RunData& run);
};

double last_value(const RunData& run, const char* metric, double unit) {
  const Curve* curve = find_curve(run, metric, "");
  return curve == nullptr || curve->points.empty() ? std::nan("") : curve->points.back().value / unit;
}

constexpr Quantity kQuantities[] = {
    {"control", "control, always the same work (ms)",
     [](const RunData& run) {
       const std::vector<std::int64_t> samples = phase_samples(run, "control");
       return samples.empty() ? std::nan("") : median_of(samples) / kMillisecond;
     }},
    {"memory", "memory of the process, peak (MiB)",
     [](const RunData& run) { return last_value(run, "memory_peak", kMebi); }},
    {"frequency", "frequency of the processors (GHz)",
     [](const RunData& run) { return last_value(run, "frequency", kGiga); }},
};

/// Seconds since 1970; NaN of what is no time.
double seconds_of(const std::string& time) {
  std::istringstream text(time);
  std::tm parts{};
  text >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%S");
  return text.fail() ? std::nan("") : static_cast<double>(::timegm(&parts));
}

/// Runs of one machine in the order of time, (hours since the first of all, value).
using Machines = std::map<std::string, std::vector<Point>>;

Machines values_of(const FigureData& data, const Quantity& quantity, double first) {
  std::map<std::int64_t, std::string> names;
  for (const EnvironmentData& environment : data.environments)
    names[environment.id] = machine_name(environment);
  Machines machines;
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) {
      const double value = quantity.of(run), at = (seconds_of(run.started) - first) / kHour;
      if (std::isfinite(value) && std::isfinite(at)) machines[names[run.environment]].push_back({at, value});
    }
  }
  for (auto& [name, points] : machines) std::ranges::sort(points, {}, &Point::x);
  return machines;
}

double first_start(const FigureData& data) {
  double first = std::numeric_limits<double>::infinity();
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) {
      if (const double at = seconds_of(run.started); at < first) first = at;
    }
  }
  return first;
}

}  // namespace

std::optional<Plot> machine_over_time(const FigureData& data, const Theme& theme) {
  const double first = first_start(data);
  std::vector<std::string> headings;
  std::vector<PanelStack> stacks;
  std::map<std::string, std::string> colours;
  Range hours;
  for (const Quantity& quantity : kQuantities) {
    const Machines machines = values_of(data, quantity, first);
    if (machines.empty()) continue;
    Panel panel;
    panel.name = quantity.heading;
    Range range;
    for (const auto& [name, points] : machines) {
      const auto [entry, is_new] = colours.try_emplace(
          name, theme.palette.categories[colours.size() % theme.palette.categories.size()]);
      panel.series.push_back(
          {name.empty() ? "machine not recorded" : name, Mark::kDot, entry->second, Shape::kCircle, points});
      for (const Point& point : points) {
        range.add(point.y);
        hours.add(point.x);
      }
    }
    panel.y = linear_axis("", range, 5, 0.02 * std::abs(range.high), 0);
    headings.emplace_back(quantity.heading);
    stacks.push_back({std::move(panel)});
  }
  if (stacks.empty()) return std::nullopt;
  const auto trials = choose_trials(data, [](const TrialData&) { return true; });
  Plot plot = captioned(data, label_trials(trials), "machine", "The machine over time", theme);
  plot.subtitles.emplace_back(
      "A dot a run at the time it began: drift of the control or a step in it is the machine's, not the "
      "trials'.");
  for (const auto& [name, colour] : colours)
    plot.legend.push_back({name.empty() ? "machine not recorded" : name, Mark::kDot, colour, Shape::kCircle});
  const PanelGrid grid = panel_grid(headings, theme.sheet, /*least_width=*/240, /*own_axes=*/true);
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    Panel& panel = stacks[i][0];
    panel.x = linear_axis("hours since the first run", hours, 5, 0.01, 0);
    panel.notes = heading_notes(headings[i], "", panel, grid);
  }
  lay_out(plot, std::move(stacks), grid, std::min(0.7 * grid.width, theme.sheet.panel_height));
  return plot;
}

}  // namespace rnnbench
