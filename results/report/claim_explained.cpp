#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/statistics/holm.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/claim_parts.hpp"
#include "results/report/figure_text.hpp"
#include "results/report/markdown.hpp"

namespace rnnbench {
namespace {

struct Variant {
  const TrialData* trial = nullptr;
  std::string label;
  std::vector<double> values;
  std::int64_t left_chance = 0;
  std::optional<double> p;  ///< against the settings as reported
};

std::vector<Variant> variants_of(const FigureData& data, const ReportedFigure& figure) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return count_runs({trial}, "finished") > 0; });
  const TrialLabels labels = label_trials(trials);
  std::vector<Variant> variants;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    Variant variant{
        trials[t], trial_label(*trials[t], labels.differing[t]), figures_of(*trials[t], figure), 0, {}};
    for (const RunData& run : trials[t]->runs) {
      variant.left_chance += run.status == "finished" && !stays_at_chance(run) ? 1 : 0;
    }
    if (!variant.values.empty()) variants.push_back(std::move(variant));
  }
  return variants;
}

/// Each against the first of its engine, adjusted over all.
void test_against_reported(std::vector<Variant>& variants) {
  std::vector<std::optional<double>> p;
  for (const Variant& variant : variants) {
    const auto reported = std::ranges::find_if(
        variants, [&](const Variant& other) { return other.trial->engine == variant.trial->engine; });
    std::optional<double> own;
    if (&*reported != &variant) {
      if (const auto test = rank_sum_test(reported->values, variant.values)) own = test->p;
    }
    p.push_back(own);
  }
  if (const auto adjusted = holm(p)) {
    for (std::size_t i = 0; i < variants.size(); ++i) variants[i].p = (*adjusted)[i];
  }
}

std::string lands_text(const ReportedFigure& figure, const Variant& variant) {
  const auto near = std::ranges::count_if(variant.values, [&](double value) {
    return std::abs(value - figure.value) <= figure.margin + figure.rounding / 2;
  });
  return fmt::format("{} of {}", near, variant.values.size());
}

}  // namespace

std::string explained_part(const ClaimData& claim) {
  const ReportedFigure& figure = claim.claim.figures.front();
  std::string text;
  for (const BesideData& beside : claim.besides) {
    if (beside.beside.kind != BesideClaim::Kind::kExplained) continue;
    std::vector<Variant> variants = variants_of(beside.data, figure);
    if (variants.empty()) continue;
    test_against_reported(variants);
    MarkdownTable table({"settings", "n", "left chance level", "median %", "lowest %", "highest %",
                         "runs within the margin", "p against the reported settings (Holm)"},
                        1);
    for (const Variant& variant : variants) {
      table.add({markdown_text(variant.label), std::to_string(variant.values.size()),
                 std::to_string(variant.left_chance),
                 value_text(figure.metric, quantile_of(variant.values, 0.5)),
                 value_text(figure.metric, std::ranges::min(variant.values)),
                 value_text(figure.metric, std::ranges::max(variant.values)), lands_text(figure, variant),
                 variant.p ? fmt::format("{:.3g}", *variant.p) : "–"});
    }
    text += fmt::format(
        "\n### Which setting decides\n\n{} The first row is the settings as reported; the others differ in: "
        "{}. p: "
        "Mann–Whitney, exact.\n\n{}",
        markdown_text(beside.data.experiments.front().question), markdown_text(beside.beside.what),
        table.text());
  }
  return text;
}

}  // namespace rnnbench
