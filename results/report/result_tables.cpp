#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "harness/core/median.hpp"
#include "plots/captions.hpp"
#include "results/query/mean_interval.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace {

constexpr const char* kNone = "–";
constexpr std::array<const char*, 7> kPhases = {"data", "forward",  "backward", "optimizer",
                                                "step", "evaluate", "epoch"};

struct Finished {
  std::vector<double> accuracies;  // fractions
  std::vector<double> seconds;
};

bool has_finished(const TrialData& trial) { return count_runs({trial}, "finished") > 0; }

Finished finished_numbers(const TrialData& trial) {
  Finished numbers;
  for (const RunData& run : trial.runs) {
    if (run.status != "finished") continue;
    numbers.accuracies.push_back(run.test_accuracy);
    numbers.seconds.push_back(run.train_seconds);
  }
  return {finite(numbers.accuracies), finite(numbers.seconds)};
}

/// Median over all samples of the trial's finished runs, in nanoseconds; NaN where there is none.
double median_ns(const TrialData& trial, std::string_view phase) {
  std::vector<double> samples;
  for (const RunData& run : trial.runs) {
    if (run.status != "finished") continue;
    for (const std::int64_t sample : phase_samples(run, phase))
      samples.push_back(static_cast<double>(sample));
  }
  return median_of(samples);
}

std::string percent(double fraction) { return fmt::format("{:.2f} %", 100 * fraction); }

std::string milliseconds(double ns) { return std::isfinite(ns) ? fmt::format("{:.3f}", ns / 1e6) : kNone; }

std::string interval_text(const MeanInterval& interval) {
  if (interval.n == 0) return kNone;
  if (!interval.bounds) return "none: one run";
  return fmt::format("{:.2f} to {:.2f} %", 100 * std::max(interval.bounds->low, 0.0),
                     100 * std::min(interval.bounds->high, 1.0));
}

std::string label_of(const TrialData& trial, const LabelParts& parts) {
  return markdown_text(trial_label(trial, parts));
}

std::string parity_line(const FigureData& data, const std::vector<const TrialData*>& trials) {
  const std::string note = parity_note(data, trials);
  return note.empty() ? "" : fmt::format("\n**{}**\n", note);
}

}  // namespace

std::string results_table(const FigureData& data) {
  const auto trials = choose_trials(data, has_finished);
  std::string text = "## Results\n\n";
  if (trials.empty()) return text + "No run has finished yet.\n";

  const TrialLabels labels = label_trials(trials);
  text += fmt::format(
      "On {}. Each seed counts once; best and mean are over seeds; intervals are cut at 0 and 100 %.\n\n",
      markdown_text(data_sets_text(data.trials)));
  MarkdownTable table({"trial", "n", "mean test accuracy", "95 % t interval of the mean", "best",
                       "training s, mean", "step ms, median"},
                      1);
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const Finished numbers = finished_numbers(*trials[t]);
    const MeanInterval accuracy = mean_interval(numbers.accuracies);
    const MeanInterval seconds = mean_interval(numbers.seconds);
    const bool known = accuracy.n > 0;
    table.add(
        {label_of(*trials[t], labels.differing[t]), std::to_string(accuracy.n),
         known ? percent(accuracy.mean) : kNone, interval_text(accuracy),
         known ? percent(*std::max_element(numbers.accuracies.begin(), numbers.accuracies.end())) : kNone,
         seconds.n > 0 ? fmt::format("{:.3f}", seconds.mean) : kNone,
         milliseconds(median_ns(*trials[t], "step"))});
  }
  return text + table.text() + parity_line(data, trials);
}

std::string timing_table(const FigureData& data) {
  const auto trials = choose_trials(data, [](const TrialData& trial) {
    return has_finished(trial) && std::any_of(kPhases.begin(), kPhases.end(), [&](const char* phase) {
             return std::isfinite(median_ns(trial, phase));
           });
  });
  if (trials.empty()) return "";

  const TrialLabels labels = label_trials(trials);
  std::string text =
      "## Times by phase\n\nMedians in milliseconds over all samples of the finished runs; warm-up ";
  text +=
      "left out, unless there is nothing else; host clock, or the device's where only that was taken.\n\n";
  std::vector<std::string> columns = {"trial"};
  columns.insert(columns.end(), kPhases.begin(), kPhases.end());
  MarkdownTable table(columns, 1);
  for (std::size_t t = 0; t < trials.size(); ++t) {
    std::vector<std::string> cells = {label_of(*trials[t], labels.differing[t])};
    for (const char* phase : kPhases) cells.push_back(milliseconds(median_ns(*trials[t], phase)));
    table.add(std::move(cells));
  }
  return text + table.text() + parity_line(data, trials);
}

std::string unfinished_runs(const FigureData& data) {
  const auto trials = choose_trials(data, [](const TrialData& trial) {
    return count_runs({trial}, "finished") < static_cast<int>(trial.runs.size());
  });
  if (trials.empty()) return "";

  const TrialLabels labels = label_trials(choose_trials(data, [](const TrialData&) { return true; }));
  MarkdownTable table({"trial", "seeds", "ended", "reason"}, 4);
  for (std::size_t t = 0; t < data.trials.size(); ++t) {
    std::map<std::pair<std::string, std::string>, std::vector<std::uint64_t>> seeds;  // by status and reason
    for (const RunData& run : data.trials[t].runs) {
      if (run.status != "finished") seeds[{run.status, run.reason}].push_back(run.seed);
    }
    for (const auto& [end, ended] : seeds) {
      table.add({label_of(data.trials[t], labels.differing[t]), fmt::format("{}", fmt::join(ended, ", ")),
                 markdown_text(end.first), end.second.empty() ? kNone : markdown_text(end.second)});
    }
  }
  return "## Runs that did not finish\n\n" + table.text();
}

}  // namespace rnnbench
