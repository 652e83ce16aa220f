#include <fmt/format.h>

#include <string>

#include "results/query/claim_text.hpp"
#include "results/query/mean_interval.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/claim_parts.hpp"
#include "results/report/markdown.hpp"
#include "results/report/verdict_list.hpp"

namespace rnnbench {
namespace {

std::string table_of(const FigureData& data, const ReportedFigure& figure) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return count_runs({trial}, "finished") > 0; });
  const TrialLabels labels = label_trials(trials);
  MarkdownTable table({"baseline", "n", "test accuracy %", "95 %", "training s"}, 1);
  for (std::size_t t = 0; t < trials.size(); ++t) {
    const MeanInterval accuracy = mean_interval(figures_of(*trials[t], figure));
    std::vector<double> seconds;
    for (const RunData& run : trials[t]->runs) seconds.push_back(run.train_seconds);
    table.add({markdown_text(trial_label(*trials[t], labels.differing[t])), std::to_string(accuracy.n),
               value_text(figure.metric, accuracy.mean),
               accuracy.bounds ? fmt::format("{} to {}", value_text(figure.metric, accuracy.bounds->low),
                                             value_text(figure.metric, accuracy.bounds->high))
                               : "none: one run",
               fmt::format("{:.1f}", mean_interval(finite(seconds)).mean)});
  }
  return table.text();
}

}  // namespace

std::string baselines_part(const ClaimData& claim) {
  ReportedFigure accuracy;
  accuracy.metric = "accuracy";
  accuracy.split = "test";
  std::string text;
  for (const BesideData& beside : claim.besides) {
    if (beside.beside.kind != BesideClaim::Kind::kBaseline) continue;
    if (count_runs(beside.data.trials, "finished") == 0) continue;
    text += fmt::format(
        "\n### Against baselines\n\n{} {}.\n\n{}\nIn words, as `rnnbench compare` judges them, p adjusted "
        "over this list:\n\n{}",
        markdown_text(beside.data.experiments.front().question), markdown_text(beside.beside.what),
        table_of(beside.data, accuracy), verdict_list(beside.verdicts));
  }
  return text;
}

}  // namespace rnnbench
