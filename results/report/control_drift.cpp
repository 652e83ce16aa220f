#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "harness/core/median.hpp"
#include "harness/measure/control_work.hpp"
#include "harness/measure/noise.hpp"
#include "results/query/clock_problems.hpp"
#include "results/query/machine_names.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace {

constexpr double kMillisecond = 1e6;
constexpr std::size_t kRunsNamed = 5;

struct ControlOfRun {
  std::string started;
  std::int64_t run = 0;
  double median_ns = 0;
};

struct ControlOfMachine {
  std::vector<ControlOfRun> runs;     ///< in the order of time
  std::vector<std::string> problems;  ///< of runs whose control can't be trusted
};

void add(const RunData& run, ControlOfMachine& machine) {
  std::vector<std::int64_t> all;
  for (const PhaseSamples& timing : run.timings) {
    if (timing.phase != "control" || timing.clock != "host" || timing.warmup) continue;
    if (const std::string problem = clock_problem(timing.samples_ns); !problem.empty()) {
      machine.problems.push_back(clock_problem_text(run.id, timing.phase, timing.epoch, problem));
      return;
    }
    all.insert(all.end(), timing.samples_ns.begin(), timing.samples_ns.end());
  }
  if (!all.empty()) machine.runs.push_back({run.started, run.id, median_of(all)});
}

std::map<std::string, ControlOfMachine> controls_of(const FigureData& data) {
  std::map<std::int64_t, std::string> names;
  for (const EnvironmentData& environment : data.environments) {
    names[environment.id] = machine_name(environment);
  }
  std::map<std::string, ControlOfMachine> machines;
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) add(run, machines[names[run.environment]]);
  }
  for (auto& [name, machine] : machines) {
    std::ranges::sort(machine.runs, {},
                      [](const ControlOfRun& run) { return std::tie(run.started, run.run); });
  }
  return machines;
}

/// "run 3 (+17.6 %), run 5 (-6.0 %)": those that are off the median of all, or "".
std::string outliers_of(const std::vector<ControlOfRun>& runs, double median) {
  std::string text;
  std::size_t found = 0;
  for (const ControlOfRun& run : runs) {
    const double off = run.median_ns / median - 1;
    if (std::abs(off) <= kControlShare || ++found > kRunsNamed) continue;
    text += fmt::format("{}run {} ({:+.1f} %)", text.empty() ? "" : ", ", run.run, 100 * off);
  }
  return found > kRunsNamed ? text + fmt::format(" and {} more", found - kRunsNamed) : text;
}

std::string drift_text(const std::string& name, const std::vector<ControlOfRun>& runs) {
  std::vector<double> medians;
  for (const ControlOfRun& run : runs) medians.push_back(run.median_ns);
  const auto [low, high] = std::ranges::minmax(medians);
  const double median = median_of(medians);
  const std::string outliers = outliers_of(runs, median);
  return fmt::format(
      "Drift of the machine{}{}: a control, the same work each time, took {:.3g} to {:.3g} ms in the {} runs "
      "(medians of each; {:+.1f} % from the first to the last). {}",
      name.empty() ? "" : " ", markdown_text(name), low / kMillisecond, high / kMillisecond, runs.size(),
      100 * (medians.back() / medians.front() - 1),
      outliers.empty()
          ? fmt::format("None is more than {:g} % off their median.", 100 * kControlShare)
          : fmt::format("More than {:g} % off their median: {}; times beside these are of a machine "
                        "that was another then.",
                        100 * kControlShare, outliers));
}

}  // namespace

std::string control_drift(const FigureData& data) {
  std::string text;
  for (const auto& [name, machine] : controls_of(data)) {
    if (machine.runs.size() >= 2) text += drift_text(name, machine.runs) + "\n\n";
    for (const std::string& problem : machine.problems) text += "Without its control: " + problem + ".\n\n";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace rnnbench
