#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/core/imported_engines.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace {

constexpr const char* kNotMeasured = "–";

/// "1.25 ms", with the unit that fits.
std::string time_text(double seconds) {
  if (!std::isfinite(seconds)) return kNotMeasured;
  if (seconds < 1e-6) return fmt::format("{:.4g} ns", seconds * 1e9);
  if (seconds < 1e-3) return fmt::format("{:.4g} µs", seconds * 1e6);
  if (seconds < 1) return fmt::format("{:.4g} ms", seconds * 1e3);
  return fmt::format("{:.4g} s", seconds);
}

double value_of(const RunData& run, std::string_view metric) {
  const Curve* curve = find_curve(run, metric, "");
  return curve == nullptr || curve->points.empty() ? std::nan("") : curve->points.back().value;
}

/// "rows_per_s 6.5e+05, bytes 12".
std::string counters_of(const RunData& run) {
  std::string text;
  for (const Curve& curve : run.curves) {
    if (curve.name == "real_time" || curve.name == "cpu_time" || curve.points.empty()) continue;
    text += fmt::format("{}{} {:.6g}", text.empty() ? "" : ", ", curve.name, curve.points.back().value);
  }
  return text.empty() ? kNotMeasured : markdown_text(text);
}

}  // namespace

bool is_imported(const FigureData& data) {
  return !data.trials.empty() && std::ranges::all_of(data.trials, [](const TrialData& trial) {
    return is_imported_engine(trial.engine);
  });
}

std::string imported_benchmarks(const FigureData& data) {
  std::string text =
      "## Benchmarks\n\nOf the file that was imported last; `rnnbench list --experiment benchmarks` has "
      "those of "
      "all. Medians over repetitions.\n\n";
  MarkdownTable table({"benchmark", "repetitions", "real time", "processor time", "counters"}, 1);
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) {
      if (run.status != "finished") continue;
      table.add({markdown_text(trial.cell), std::to_string(phase_samples(run, "benchmark").size()),
                 time_text(value_of(run, "real_time")), time_text(value_of(run, "cpu_time")),
                 counters_of(run)});
    }
  }
  return text + table.text();
}

}  // namespace rnnbench
