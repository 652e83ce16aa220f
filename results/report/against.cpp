#include "results/report/against.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "harness/core/files.hpp"
#include "harness/statistics/holm.hpp"
#include "harness/statistics/t_tests.hpp"
#include "harness/statistics/timing_ratio.hpp"
#include "results/query/mean_interval.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/html_page.hpp"
#include "results/report/markdown.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr double kLevel = 0.05;

/// Of seeds that finished in both: before, now.
struct Pairs {
  std::vector<double> before, now;
};

struct Row {
  std::string label;
  Pairs accuracies, seconds;
  Finding<TTest> accuracy = Refusal{"no seed finished in both"};
  Finding<TimingRatio> time = Refusal{"no seed finished in both"};
  std::optional<double> accuracy_p;
};

void pair_seeds(const TrialData& now, const TrialData& before, Row& row) {
  for (const RunData& run : now.runs) {
    for (const RunData& old : before.runs) {
      if (old.seed != run.seed || run.status != "finished" || old.status != "finished") continue;
      if (std::isfinite(run.test_accuracy) && std::isfinite(old.test_accuracy)) {
        row.accuracies.now.push_back(100 * run.test_accuracy);
        row.accuracies.before.push_back(100 * old.test_accuracy);
      }
      if (run.train_seconds > 0 && old.train_seconds > 0) {
        row.seconds.now.push_back(run.train_seconds);
        row.seconds.before.push_back(old.train_seconds);
      }
    }
  }
}

const TrialData* same_trial(const FigureData& data, const TrialData& trial) {
  const auto found = std::ranges::find(data.trials, trial.key, &TrialData::key);
  return found == data.trials.end() ? nullptr : &*found;
}

bool is_unchanged(const Pairs& pairs) { return !pairs.now.empty() && pairs.now == pairs.before; }

std::string accuracy_word(const Row& row) {
  if (is_unchanged(row.accuracies)) return "the same, seed by seed";
  if (!row.accuracy) return "not judged: " + markdown_text(row.accuracy.why_not());
  if (row.accuracy_p.value_or(1) >= kLevel) return "no difference shown";
  return row.accuracy->difference > 0 ? "**better**" : "**worse**";
}

std::string time_word(const Row& row) {
  if (!row.time) return "not judged: " + markdown_text(row.time.why_not());
  if (row.time->interval.low <= 1 && row.time->interval.high >= 1) return "no difference shown";
  return row.time->ratio < 1 ? "**faster**" : "**slower**";
}

std::vector<std::string> cells_of(const Row& row) {
  const MeanInterval before = mean_interval(row.accuracies.before), now = mean_interval(row.accuracies.now);
  return {markdown_text(row.label),
          std::to_string(row.accuracies.now.size()),
          before.n > 0 ? fmt::format("{:.2f}", before.mean) : "–",
          now.n > 0 ? fmt::format("{:.2f}", now.mean) : "–",
          row.accuracy ? fmt::format("{:+.2f} \\[{:+.2f}, {:+.2f}\\], p = {:.3g}", row.accuracy->difference,
                                     row.accuracy->interval.low, row.accuracy->interval.high,
                                     row.accuracy_p.value_or(1))
                       : "–",
          accuracy_word(row),
          row.time ? fmt::format("{:.3g} \\[{:.3g}, {:.3g}\\]", row.time->ratio, row.time->interval.low,
                                 row.time->interval.high)
                   : "–",
          time_word(row)};
}

void judge(std::vector<Row>& rows) {
  std::vector<std::optional<double>> p;
  for (Row& row : rows) {
    row.accuracy = paired_t_test(row.accuracies.before, row.accuracies.now);
    row.time = mean_ratio(row.seconds.before, row.seconds.now);
    p.push_back(row.accuracy ? std::optional(row.accuracy->p) : std::nullopt);
  }
  if (const auto adjusted = holm(p)) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].accuracy_p = (*adjusted)[i];
  }
}

/// Trials of `data` that `other` lacks.
std::string missing(const FigureData& data, const FigureData& other, const std::string& who) {
  std::string text;
  const auto trials =
      choose_trials(data, [&](const TrialData& trial) { return same_trial(other, trial) == nullptr; });
  const TrialLabels labels = label_trials(trials);
  for (std::size_t t = 0; t < trials.size(); ++t)
    text += fmt::format("- {} has not: {}\n", markdown_text(who),
                        markdown_text(trial_label(*trials[t], labels.differing[t])));
  return text;
}

}  // namespace

std::string difference_page(const FigureData& now, const FigureData& before, const std::string& old_name) {
  const auto trials =
      choose_trials(now, [&](const TrialData& trial) { return same_trial(before, trial) != nullptr; });
  const TrialLabels labels = label_trials(trials);
  std::vector<Row> rows;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    Row& row = rows.emplace_back();
    row.label = trial_label(*trials[t], labels.differing[t]);
    pair_seeds(*trials[t], *same_trial(before, *trials[t]), row);
  }
  judge(rows);
  MarkdownTable table({"trial", "seeds in both", "accuracy % before", "now", "difference, points", "accuracy",
                       "training time, times", "time"},
                      1);
  for (const Row& row : rows) table.add(cells_of(row));
  const std::string missed = missing(now, before, old_name) + missing(before, now, "the newer one");
  return fmt::format(
      "# {} against {}\n\nThe same trials in an older database. Seeds are paired; accuracies by Student's "
      "paired t, p by "
      "Holm over the table, times as geometric means of the seeds' ratios with 95 % intervals. Times of runs "
      "that weren't "
      "taken in turns differ by what else the machines did: `rnnbench bench --against` compares "
      "builds.\n\n{}{}{}",
      markdown_text(now.experiments.front().name), markdown_text(old_name),
      rows.empty() ? "No trial is in both.\n" : table.text(),
      missed.empty() ? "" : "\n## Only in one of them\n\n", missed);
}

fs::path write_difference(const FigureData& now, const FigureData& before, const std::string& old_name,
                          const fs::path& folder) {
  const std::string text = difference_page(now, before, old_name);
  make_folder(folder);
  write_file_atomically(folder / "against.md", text);
  write_file_atomically(folder / "against.html",
                        html_page(now.experiments.front().name + " against " + old_name, text));
  return folder / "against.md";
}

}  // namespace rnnbench
