#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/statistics/holm.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "results/query/claim_text.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/claim_parts.hpp"
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

/// What sets a trial apart from the reported settings: "epochs 20, mask_padding false".
std::string changes_text(const LabelParts& reported, const LabelParts& parts) {
  std::string changes;
  for (const LabelPart& part : parts) {
    if (std::ranges::find(reported, part) != reported.end()) continue;
    changes += (changes.empty() ? "" : ", ") + label_text({part});
  }
  return changes.empty() ? "as reported" : changes;
}

/// The trials that finished runs; the first is that of the reported settings, where its runs did.
std::vector<Variant> variants_of(const ClaimData& claim, const FigureData& data, bool& has_reported) {
  const auto trials = choose_trials(data, [](const TrialData&) { return true; });
  const TrialLabels labels = label_trials(trials);
  const auto is_reported = [&](const TrialData* trial) {
    return std::ranges::any_of(claim.data.trials,
                               [&](const TrialData& own) { return own.key == trial->key; });
  };
  const auto reported = std::ranges::find_if(trials, is_reported);
  const LabelParts none;
  const LabelParts& as_reported =
      reported == trials.end() ? none : labels.differing[static_cast<std::size_t>(reported - trials.begin())];
  std::vector<Variant> variants;
  has_reported = false;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    Variant variant{trials[t],
                    changes_text(as_reported, labels.differing[t]),
                    figures_of(*trials[t], claim.claim.figures.front()),
                    0,
                    {}};
    for (const RunData& run : trials[t]->runs) {
      variant.left_chance += run.status == "finished" && !stays_at_chance(run) ? 1 : 0;
    }
    if (variant.values.empty()) continue;
    const bool is_first = reported != trials.end() && trials[t] == *reported;
    has_reported = has_reported || is_first;
    variants.insert(is_first ? variants.begin() : variants.end(), std::move(variant));
  }
  return variants;
}

/// Each against the first, the reported settings, adjusted over all.
void test_against_reported(std::vector<Variant>& variants) {
  std::vector<std::optional<double>> p;
  for (std::size_t i = 1; i < variants.size(); ++i) {
    const auto test = rank_sum_test(variants[0].values, variants[i].values);
    p.push_back(test ? std::optional(test->p) : std::nullopt);
  }
  if (const auto adjusted = holm(p)) {
    for (std::size_t i = 1; i < variants.size(); ++i) variants[i].p = (*adjusted)[i - 1];
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
    bool has_reported = false;
    std::vector<Variant> variants = variants_of(claim, beside.data, has_reported);
    if (variants.empty()) continue;
    if (has_reported) test_against_reported(variants);
    MarkdownTable table({"settings", "n", "left chance level", "median", "lowest", "highest",
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
        "\n### Which setting decides\n\n{} What differs from the reported settings: {}. {}\n\n{}",
        markdown_text(beside.data.experiments.front().question), markdown_text(beside.beside.what),
        has_reported ? "p: Mann–Whitney, exact."
                     : "The reported settings themselves have no finished run here, so there is no p.",
        table.text());
  }
  return text;
}

}  // namespace rnnbench
