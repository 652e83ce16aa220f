#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "harness/statistics/claim_verdict.hpp"
#include "harness/statistics/mean_intervals.hpp"
#include "results/query/claim_text.hpp"
#include "results/report/claim_parts.hpp"
#include "results/report/markdown.hpp"

namespace rnnbench {
namespace {

constexpr std::pair<const char*, const char*> kBegunCurves[] = {
    {"accuracy", "test"}, {"loss", "test"}, {"loss", "train"}};

/// The curve's values at `epoch`, a run each.
std::vector<double> values_at(const TrialData& trial, const ReportedCurve& curve, int epoch) {
  std::vector<double> values;
  for (const RunData& run : trial.runs) {
    const Curve* ours = run.status == "finished" ? find_curve(run, curve.metric, curve.split) : nullptr;
    if (ours == nullptr) continue;
    for (const EpochValue& point : ours->points) {
      if (point.epoch == epoch) values.push_back(point.value);
    }
  }
  return values;
}

/// One line for an epoch of a curve against a trial's runs; counts in `within` and `judged`.
std::vector<std::string> row(const TrialData& trial, const ReportedCurve& curve, int epoch, int& within,
                             int& judged) {
  const double given = curve.values[static_cast<std::size_t>(epoch) - 1];
  const Finding<MeanEstimate> band = prediction_interval(values_at(trial, curve, epoch));
  std::vector<std::string> cells = {fmt::format("{} {}", curve.split, curve.metric), engine_text(trial),
                                    std::to_string(epoch), value_text(curve.metric, given)};
  if (!band) {
    cells.insert(cells.end(), {"–", "–", "not judged"});
    return cells;
  }
  const bool is_fraction = curve.metric == "accuracy";
  const double low = std::max(band->interval.low, 0.0);
  const double high = is_fraction ? std::min(band->interval.high, 1.0) : band->interval.high;
  const bool lies_within = may_lie_within(band->interval, given, curve.rounding);
  ++judged;
  within += lies_within ? 1 : 0;
  cells.insert(cells.end(),
               {value_text(curve.metric, band->mean),
                fmt::format("{} to {}", value_text(curve.metric, low), value_text(curve.metric, high)),
                lies_within ? "within" : "outside"});
  return cells;
}

/// A run's values, epoch by epoch from the first on.
ReportedCurve curve_of(const RunData& run, const std::string& metric, const std::string& split) {
  ReportedCurve curve{metric, split, {}, 0};
  const Curve* found = find_curve(run, metric, split);
  if (found == nullptr) return curve;
  for (const EpochValue& point : found->points) {
    if (point.epoch == std::ssize(curve.values) + 1) curve.values.push_back(point.value);
  }
  return curve;
}

/// What a trial computes but for how long.
std::string what_is_begun(const TrialData& trial) { return what_is_computed(trial.settings, {"epochs"}); }

/// A begun run against a trial's: a line a curve and epoch, after a sentence.
std::string begun_text(const TrialData& trial, const TrialData& begun, const RunData& run) {
  const std::string name = fmt::format("{}, seed {}", engine_text(begun), run.seed);
  MarkdownTable table(
      {"curve", "engine", "epoch", name, "mean of that engine's", "one more run, 95 %", "verdict"}, 2);
  int within = 0, judged = 0;
  for (const auto& [metric, split] : kBegunCurves) {
    const ReportedCurve curve = curve_of(run, metric, split);
    for (int epoch = 1; epoch <= std::ssize(curve.values); ++epoch)
      table.add(row(trial, curve, epoch, within, judged));
  }
  const std::string verdict =
      judged == 0
          ? "a single run says nothing of where another one would lie"
          : fmt::format("{} of {} values lie where one more run of {} would lie, epoch by epoch at 95 %",
                        within, judged, engine_text(trial));
  return fmt::format("{}: {}.\n\n{}\n", name, verdict, table.text());
}

}  // namespace

std::string curves_part(const ClaimData& claim) {
  if (claim.claim.curves.empty()) return "";
  MarkdownTable table({"curve", "engine", "epoch", "reported", "our mean", "one more run, 95 %", "verdict"},
                      2);
  std::string counts;
  for (const TrialData& trial : claim.data.trials) {
    if (count_runs({trial}, "finished") == 0) continue;
    int within = 0, judged = 0;
    for (const ReportedCurve& curve : claim.claim.curves) {
      for (int epoch = 1; epoch <= static_cast<int>(curve.values.size()); ++epoch) {
        table.add(row(trial, curve, epoch, within, judged));
      }
    }
    if (judged > 0) {
      counts += fmt::format("{}{}: {} of {}", counts.empty() ? "" : "; ", engine_text(trial), within, judged);
    }
  }
  if (counts.empty()) return "";
  return fmt::format(
             "\n### Epoch by epoch\n\nThe source prints its curves (accuracies in %). How many of its values "
             "lie where one "
             "more run of ours would lie, epoch by epoch at 95 %, of which one in twenty would not if all "
             "were well: {}.\n\n",
             counts) +
         table.text();
}

std::string begun_part(const ClaimData& claim) {
  std::string text;
  for (const BesideData& beside : claim.besides) {
    if (beside.beside.kind != BesideClaim::Kind::kBegun) continue;
    std::string runs;
    for (const TrialData& begun : beside.data.trials) {
      for (const TrialData& trial : claim.data.trials) {
        if (count_runs({trial}, "finished") == 0 || count_runs({begun}, "finished") == 0) continue;
        if (trial.engine == begun.engine && trial.device == begun.device) continue;  // those runs themselves
        if (what_is_begun(trial) != what_is_begun(begun)) {
          runs +=
              fmt::format("{}: not held against {}, since more of its settings than the epochs differ.\n\n",
                          engine_text(begun), engine_text(trial));
          continue;
        }
        for (const RunData& run : begun.runs) {
          if (run.status == "finished") runs += begun_text(trial, begun, run);
        }
      }
    }
    if (runs.empty()) continue;
    text += fmt::format("\n### The first epochs on another engine\n\n{} What was run: {}.\n\n{}",
                        markdown_text(beside.data.experiments.front().question),
                        markdown_text(beside.beside.what), runs);
  }
  return text;
}

}  // namespace rnnbench
