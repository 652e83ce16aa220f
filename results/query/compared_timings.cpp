#include "results/query/compared_timings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "harness/core/median.hpp"
#include "results/query/figure_data.hpp"
#include "results/query/flat_json.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr double kNanosecond = 1e-9;
constexpr std::size_t kNamesShown = 3;
constexpr std::size_t kLongestPath = 60;

ComparedTimings without(std::string flaw) {
  ComparedTimings none;
  none.flaw = std::move(flaw);
  return none;
}

/// Whether two may differ in this setting and still take a step of the same work.
bool may_differ(const std::string& path) {
  return path == "engine" || path == "device" || path.starts_with("model.") ||
         path.starts_with("evaluation.") || (path.starts_with("training.") && path != "training.batch");
}

/// "recipe.length, training.batch": in what the work of a step differs.
std::string other_work(const JudgedRun& first, const JudgedRun& second) {
  const FlatJson one = flat_json(first.settings), other = flat_json(second.settings);
  std::set<std::string> paths;
  for (const auto& [path, value] : one) {
    const auto found = other.find(path);
    if (found == other.end() || found->second != value) paths.insert(path);
  }
  for (const auto& [path, value] : other) {
    if (!one.contains(path)) paths.insert(path);
  }
  std::erase_if(paths, may_differ);
  std::string text;
  std::size_t shown = 0;
  for (const std::string& path : paths) {
    if (shown++ == kNamesShown) return text + fmt::format(" and {} more", paths.size() - kNamesShown);
    text += (text.empty() ? "" : ", ") + cut_to_width(visible_text(path), kLongestPath);
  }
  return text;
}

std::string models_differ(const JudgedRun& first, const JudgedRun& second) {
  if (first.engine == second.engine && first.device == second.device) return "";
  TrialData one, other;
  one.settings = first.settings, other.settings = second.settings;
  if (model_text(one) == model_text(other)) return "";
  return "both the engines and the models differ: compare engines on one model, or models on one engine";
}

std::set<std::string> machines_of(const JudgedSubject& subject) {
  std::set<std::string> machines;
  for (const JudgedRun& run : subject.runs) machines.insert(run.machines.begin(), run.machines.end());
  return machines;
}

std::string other_machines(const JudgedSubject& first, const JudgedSubject& second,
                           const std::string& time_them) {
  std::set<std::string> machines = machines_of(first);
  machines.merge(machines_of(second));
  if (machines.empty() || machines.contains(""))
    return "the environments don't say on which machine: " + time_them;
  if (machines.size() == 1) return "";
  return fmt::format("they ran on {} machines ({}, {}{}): {}", machines.size(),
                     cut_to_width(visible_text(*machines.begin()), kLongestPath),
                     cut_to_width(visible_text(*std::next(machines.begin())), kLongestPath),
                     machines.size() > 2 ? ", …" : "", time_them);
}

/// Why the steps of one of the two can't be trusted, or "".
std::string clock_flaw(const JudgedRun& one, const JudgedRun& other, const std::string& time_them) {
  for (const JudgedRun* run : {&one, &other}) {
    const auto problem = run->clock_problems.find("step");
    if (problem != run->clock_problems.end()) return problem->second + ": " + time_them;
  }
  return "";
}

/// Rounds that both took of one session.
ComparedTimings by_rounds(const JudgedSubject& first, const JudgedSubject& second,
                          const std::string& time_them) {
  ComparedTimings timings;
  bool share_a_session = false;
  for (const JudgedRun& one : first.runs) {
    for (const JudgedRun& other : second.runs) {
      if (one.session.empty() || one.session != other.session) continue;
      share_a_session = true;
      if (std::string why = clock_flaw(one, other, time_them); !why.empty()) return without(std::move(why));
      for (const auto& [round, median] : one.step_medians) {
        const auto paired = other.step_medians.find(round);
        if (paired == other.step_medians.end()) continue;
        timings.first_seconds.push_back(median * kNanosecond);
        timings.second_seconds.push_back(paired->second * kNanosecond);
      }
    }
  }
  if (!share_a_session) timings.flaw = "they weren't timed in turns, in one `rnnbench bench`: " + time_them;
  return timings;
}

ComparedTimings by_seeds(const JudgedSubject& first, const JudgedSubject& second,
                         const std::string& time_them) {
  ComparedTimings timings;
  std::vector<double> control_ratios;
  bool share_a_seed = false;
  for (const JudgedRun& one : first.runs) {
    for (const JudgedRun& other : second.runs) {
      share_a_seed = share_a_seed || one.seed == other.seed;
      if (one.seed != other.seed || one.step_medians.empty() || other.step_medians.empty()) continue;
      if (std::string why = clock_flaw(one, other, time_them); !why.empty()) return without(std::move(why));
      timings.first_seconds.push_back(median_step(one) * kNanosecond);
      timings.second_seconds.push_back(median_step(other) * kNanosecond);
      const double control = other.control_ns / one.control_ns;
      if (std::isfinite(control)) control_ratios.push_back(control);
    }
  }
  timings.control_ratio = median_of(control_ratios);
  if (!share_a_seed) timings.flaw = "no seed is of both: " + time_them;
  return timings;
}

}  // namespace

ComparedTimings compared_timings(const JudgedSubject& first, const JudgedSubject& second,
                                 const std::string& time_them) {
  const JudgedRun& one = first.runs.front();
  const JudgedRun& other = second.runs.front();
  if (std::string why = models_differ(one, other); !why.empty()) return without(std::move(why));
  if (const std::string paths = other_work(one, other); !paths.empty()) {
    return without("a step is not of the same work, " + paths + " differ");
  }
  if (std::string why = other_machines(first, second, time_them); !why.empty()) {
    return without(std::move(why));
  }
  const auto is_of_bench = [](const JudgedRun& run) { return !run.session.empty(); };
  const bool any_of_bench =
      std::ranges::any_of(first.runs, is_of_bench) || std::ranges::any_of(second.runs, is_of_bench);
  return any_of_bench ? by_rounds(first, second, time_them) : by_seeds(first, second, time_them);
}

}  // namespace rnnbench
