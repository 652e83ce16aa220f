#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "harness/statistics/claim_verdict.hpp"
#include "harness/statistics/mean_intervals.hpp"
#include "results/report/claim_parts.hpp"
#include "results/report/figure_text.hpp"
#include "results/report/markdown.hpp"

namespace rnnbench {
namespace {

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

/// One line for an epoch of a curve; counts in `within` and `judged`.
std::vector<std::string> row(const TrialData& trial, const ReportedCurve& curve, int epoch, int& within,
                             int& judged) {
  const double reported = curve.values[static_cast<std::size_t>(epoch) - 1];
  const Finding<MeanEstimate> band = prediction_interval(values_at(trial, curve, epoch));
  std::vector<std::string> cells = {fmt::format("{} {}", curve.split, curve.metric), engine_text(trial),
                                    std::to_string(epoch), value_text(curve.metric, reported)};
  if (!band) {
    cells.insert(cells.end(), {"–", "–", "not judged"});
    return cells;
  }
  const bool is_fraction = curve.metric == "accuracy";
  const double low = std::max(band->interval.low, 0.0);
  const double high = is_fraction ? std::min(band->interval.high, 1.0) : band->interval.high;
  const bool lies_within = may_lie_within(band->interval, reported, curve.rounding);
  ++judged;
  within += lies_within ? 1 : 0;
  cells.insert(cells.end(),
               {value_text(curve.metric, band->mean),
                fmt::format("{} to {}", value_text(curve.metric, low), value_text(curve.metric, high)),
                lies_within ? "within" : "outside"});
  return cells;
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

}  // namespace rnnbench
