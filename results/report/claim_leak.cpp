#include <fmt/format.h>

#include <cmath>

#include "harness/statistics/moments.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "harness/statistics/rank_tests.hpp"
#include "harness/statistics/t_tests.hpp"
#include "results/query/claim_text.hpp"
#include "results/report/claim_parts.hpp"
#include "results/report/markdown.hpp"

namespace rnnbench {
namespace {

/// Of the seeds that both have: the claim's figure, and the clean run's last test accuracy.
struct LeakPairs {
  std::vector<double> reported, clean;
};

LeakPairs pairs_of(const TrialData& reported, const TrialData& clean, const ReportedFigure& figure) {
  ReportedFigure last = figure;
  last.epoch = ReportedFigure::Epoch::kLast;
  LeakPairs pairs;
  for (const RunData& run : reported.runs) {
    for (const RunData& other : clean.runs) {
      if (other.seed != run.seed || run.status != "finished" || other.status != "finished") continue;
      const double first = figure_of(run, figure), second = figure_of(other, last);
      if (std::isnan(first) || std::isnan(second)) continue;
      pairs.reported.push_back(first);
      pairs.clean.push_back(second);
    }
  }
  return pairs;
}

std::string line(const ClaimData& claim, const TrialData& reported, const TrialData& clean) {
  const ReportedFigure& figure = claim.claim.figures.front();
  const LeakPairs pairs = pairs_of(reported, clean, figure);
  const Finding<TTest> test = paired_t_test(pairs.clean, pairs.reported);
  if (!test) return fmt::format("- {}: not judged, {}\n", engine_text(clean), markdown_text(test.why_not()));
  const double mean = moments_of(pairs.clean).mean;
  const bool is_fraction = figure.metric == "accuracy";
  const double scale = is_fraction ? 100 : 1;
  const double median = quantile_of(differences_of(pairs.clean, pairs.reported), 0.5);
  const auto by_rank = signed_rank_test(pairs.clean, pairs.reported);
  return fmt::format(
      "- {}: {}{} without it; it is worth **{:+.3g}{}** [{:+.3g}, {:+.3g}] (95 %, {} pairs of runs, p = "
      "{:.3g}); median "
      "{:+.3g}{}\n",
      engine_text(clean), value_text(figure.metric, mean), is_fraction ? " %" : "", scale * test->difference,
      is_fraction ? " points" : "", scale * test->interval.low, scale * test->interval.high, test->n, test->p,
      scale * median, by_rank ? fmt::format(" (signed ranks, p = {:.3g})", by_rank->p) : "");
}

}  // namespace

std::string leak_part(const ClaimData& claim) {
  std::string text;
  for (const BesideData& beside : claim.besides) {
    if (beside.beside.kind != BesideClaim::Kind::kClean) continue;
    std::string lines;
    for (const TrialData& clean : beside.data.trials) {
      for (const TrialData& reported : claim.data.trials) {
        const bool same = engine_text(reported) == engine_text(clean);
        if (same && count_runs({clean}, "finished") > 0) lines += line(claim, reported, clean);
      }
    }
    if (lines.empty()) continue;
    text += fmt::format("\n### What the leak is worth\n\nThe same with: {}.\n\n{}",
                        markdown_text(beside.beside.what), lines);
  }
  return text;
}

}  // namespace rnnbench
