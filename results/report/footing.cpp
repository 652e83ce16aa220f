#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "harness/statistics/holm.hpp"
#include "harness/statistics/t_tests.hpp"
#include "results/query/claim_text.hpp"
#include "results/query/mean_interval.hpp"
#include "results/report/markdown.hpp"
#include "results/report/reproduction.hpp"

namespace rnnbench {
namespace {

constexpr double kLaptopSeconds = 300;

struct System {
  std::string name;
  const TrialData* trial = nullptr;
  MeanInterval accuracy;  // percent
  double seconds = 0;     // of training, mean
  Finding<TTest> against_best = Refusal{"is the best"};
  std::optional<double> p;
};

std::vector<double> percents_of(const TrialData& trial) {
  std::vector<double> percents;
  for (const RunData& run : trial.runs) {
    if (run.status == "finished" && std::isfinite(run.test_accuracy))
      percents.push_back(100 * run.test_accuracy);
  }
  return percents;
}

/// The best first.
std::vector<System> systems_of(const std::vector<ClaimData>& claims) {
  std::vector<System> systems;
  for (const ClaimData& claim : claims) {
    for (const BesideData& beside : claim.besides) {
      if (beside.beside.kind != BesideClaim::Kind::kFooting) continue;
      for (const TrialData& trial : beside.data.trials) {
        const MeanInterval accuracy = mean_interval(percents_of(trial));
        if (accuracy.n > 0)
          systems.push_back({claim.claim.id, &trial, accuracy, mean_seconds(trial), Refusal{""}, {}});
      }
    }
  }
  std::stable_sort(systems.begin(), systems.end(),
                   [](const System& a, const System& b) { return a.accuracy.mean > b.accuracy.mean; });
  return systems;
}

/// Welch's test of each against the best, adjusted over all: seeds share nothing between two systems but
/// their number.
void hold_against_best(std::vector<System>& systems) {
  const std::vector<double> best = percents_of(*systems.front().trial);
  std::vector<std::optional<double>> p;
  for (System& system : systems) {
    if (system.trial == systems.front().trial) {
      p.emplace_back();
      continue;
    }
    system.against_best = welch_t_test(best, percents_of(*system.trial));
    p.push_back(system.against_best ? std::optional(system.against_best->p) : std::nullopt);
  }
  if (const auto adjusted = holm(p)) {
    for (std::size_t i = 0; i < systems.size(); ++i) systems[i].p = (*adjusted)[i];
  }
}

std::vector<std::string> row(const System& system, std::size_t rank) {
  const auto& bounds = system.accuracy.bounds;
  return {std::to_string(rank),
          markdown_text(system.name),
          markdown_text(engine_text(*system.trial)),
          markdown_text(system.trial->cell),
          std::to_string(system.accuracy.n),
          fmt::format("{:.2f}", system.accuracy.mean),
          bounds ? fmt::format("{:.2f} to {:.2f}", bounds->low, bounds->high) : "none: one run",
          system.against_best
              ? fmt::format("{:+.2f} [{:+.2f}, {:+.2f}], p = {:.3g}", system.against_best->difference,
                            system.against_best->interval.low, system.against_best->interval.high,
                            system.p.value_or(1))
              : "–",
          fmt::format("{:.0f}", system.seconds)};
}

/// "Within 300 s of training here: x, 85.20 %."
std::string laptop_line(const std::vector<System>& systems) {
  const auto found =
      std::ranges::find_if(systems, [](const System& each) { return each.seconds <= kLaptopSeconds; });
  if (found == systems.end()) return "";
  return fmt::format("\nThe best that trains within {:.0f} s here: {}, {:.2f} % in {:.0f} s.\n",
                     kLaptopSeconds, markdown_text(found->name), found->accuracy.mean, found->seconds);
}

/// The best of the plain recurrent nets against the best of those with gates.
std::string cells_line(const std::vector<System>& systems) {
  const auto is_rnn = [](const System& each) { return each.trial->cell.find("rnn") != std::string::npos; };
  const auto rnn = std::ranges::find_if(systems, is_rnn);
  const auto gated = std::ranges::find_if_not(systems, is_rnn);
  if (rnn == systems.end() || gated == systems.end()) return "";
  const auto test = welch_t_test(percents_of(*rnn->trial), percents_of(*gated->trial));
  if (!test) return "";
  return fmt::format(
      "\nRNN or LSTM? The best with gates ({}) against the best plain RNN ({}): {:+.2f} points [{:+.2f}, "
      "{:+.2f}] "
      "(Welch, p = {:.3g}), for {:.1f} times the training time.\n",
      markdown_text(gated->name), markdown_text(rnn->name), test->difference, test->interval.low,
      test->interval.high, test->p, gated->seconds / rnn->seconds);
}

}  // namespace

std::string footing_section(const std::vector<ClaimData>& claims) {
  std::vector<System> systems = systems_of(claims);
  if (systems.empty()) return "";
  hold_against_best(systems);
  MarkdownTable table({"rank", "system", "engine", "cell", "n", "test accuracy %", "95 %",
                       "less the best, points", "training s"},
                      4);
  for (std::size_t i = 0; i < systems.size(); ++i) table.add(row(systems[i], i + 1));
  return "## On one footing\n\nEach system's own model and training, on one split without repeated reviews, "
         "one vocabulary "
         "counted on the training part and one length; the epoch is chosen on the validation part. "
         "Differences: Welch's t, "
         "p by Holm.\n\n" +
         table.text() + cells_line(systems) + laptop_line(systems);
}

std::string costs_section(const std::vector<ClaimData>& claims) {
  MarkdownTable table({"claim", "engine", "n", "training s a run", "times the quickest"}, 2);
  bool compares = false;
  for (const ClaimData& claim : claims) {
    std::vector<const TrialData*> trials = {};
    for (const TrialData& trial : claim.data.trials) {
      if (std::isfinite(mean_seconds(trial))) trials.push_back(&trial);
    }
    std::ranges::sort(trials, {}, [](const TrialData* trial) { return mean_seconds(*trial); });
    compares = compares || trials.size() > 1;
    for (const TrialData* trial : trials) {
      const double seconds = mean_seconds(*trial);
      table.add({markdown_text(claim.claim.id), markdown_text(engine_text(*trial)),
                 std::to_string(count_runs({*trial}, "finished")), fmt::format("{:.1f}", seconds),
                 fmt::format("{:.2f}", seconds / mean_seconds(*trials.front()))});
    }
  }
  if (!compares) return "";
  return "## What the implementations cost\n\nMeans over runs that may have shared the machine; `rnnbench "
         "bench` times engines "
         "in turns.\n\n" +
         table.text();
}

}  // namespace rnnbench
