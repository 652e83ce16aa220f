#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "results/query/claim_text.hpp"
#include "results/report/claim_parts.hpp"
#include "results/report/markdown.hpp"
#include "results/report/reproduction.hpp"

namespace rnnbench {
namespace {

std::string source_part(const ClaimData& claim) {
  std::string text = fmt::format("{} Source: {}. Test set: {} reviews.",
                                 markdown_text(claim.data.experiments.front().question),
                                 markdown_text(claim.claim.source), claim.claim.test_reviews);
  if (claim.claim.parameters) text += fmt::format(" Parameters: {}.", *claim.claim.parameters);
  text += "\n\n";
  for (const ReportedFigure& figure : claim.claim.figures) {
    text +=
        fmt::format("- Reported {}: {}; margin ±{}: {}\n", figure_name(figure), markdown_text(figure.printed),
                    value_text(figure.metric, figure.margin), markdown_text(figure.reason));
  }
  for (const std::string& deviation : claim.differs)
    text += fmt::format("- Deviation: {}\n", markdown_text(deviation));
  return text;
}

std::string runs_text(const JudgedFigure& row) {
  std::vector<std::string> values;
  for (const double value : row.values) values.push_back(value_text(row.figure.metric, value));
  return fmt::format("{}", fmt::join(values, ", "));
}

std::string verdicts_part(const ClaimData& claim) {
  std::string text;
  for (const JudgedFigure& row : judge_figures(claim)) {
    const ClaimVerdict& verdict = row.verdict;
    text +=
        fmt::format("- **{}** — {}, {}: {} of {} runs ({})", outcome_text(verdict), engine_text(*row.trial),
                    figure_name(row.figure), centre_text(row.figure, verdict), verdict.n, runs_text(row));
    if (verdict.prediction) {
      text += fmt::format("; {} {} to {}",
                          verdict.by_order ? "they range from" : "one more run would lie (95 %) from",
                          value_text(row.figure.metric, verdict.prediction->low),
                          value_text(row.figure.metric, verdict.prediction->high));
    }
    if (verdict.at_chance > 0) text += fmt::format("; {} never left chance level", verdict.at_chance);
    if (verdict.failed > 0) text += fmt::format("; {} failed", verdict.failed);
    text += fmt::format(" — {}.\n", markdown_text(verdict.reason));
  }
  return "\n### Verdicts\n\n" + (text.empty() ? "No run has finished.\n" : text);
}

}  // namespace

std::string claim_section(const ClaimData& claim) {
  return fmt::format("## {}\n\n", markdown_text(claim.claim.id)) + source_part(claim) + verdicts_part(claim) +
         curves_part(claim) + begun_part(claim) + leak_part(claim) + explained_part(claim) +
         baselines_part(claim);
}

}  // namespace rnnbench
