#include "harness/cli/repetition_verdict.hpp"

#include <fmt/format.h>

#include "results/query/plain_text.hpp"
#include "results/query/repetition.hpp"
#include "results/query/run_agreement.hpp"

namespace rnnbench {
namespace {

std::string shortened(const std::string& text) { return cut_to_width(visible_text(text), 80); }

void print_difference(const Difference& first) {
  fmt::print("  first in {}: {} then, {} now\n", visible_text(first.what), shortened(first.before),
             shortened(first.after));
}

void print_surroundings(const std::vector<Difference>& changed) {
  if (changed.empty()) fmt::print("  nothing that is recorded of the surroundings has changed\n");
  for (const Difference& one : changed) {
    fmt::print("  changed: {}: {} then, {} now\n", visible_text(one.what), shortened(one.before),
               shortened(one.after));
  }
}

}  // namespace

bool judge_repetition(const std::filesystem::path& path, RunId before, RunId after, const RunEnd& end,
                      std::optional<double> tolerance) {
  Database database(path);
  const std::string title = fmt::format("run {} again as {}", before, after);
  const Repetition result = compare_results(database, before, after);
  const bool is_finished = end.status == RunStatus::kFinished, is_equal = is_finished && !result.first;
  bool holds = is_equal;
  if (is_equal) {
    fmt::print("{}: bit-identical ({} metrics, {} predictions, the weights)\n", title, result.metrics,
               result.predictions);
  } else if (!is_finished) {
    fmt::print("{}: DIFFERENT\n  it failed: {}\n", title, visible_text(end.reason));
    if (result.first) print_difference(*result.first);
  } else if (!tolerance) {
    fmt::print("{}: DIFFERENT\n", title);
    print_difference(*result.first);
  } else {
    const RunAgreement agreement = compare_runs(database, before, after, *tolerance);
    holds = is_within(agreement);
    fmt::print("{}: {} the tolerance of {}, not all bit for bit\n{}", title, holds ? "within" : "NOT WITHIN",
               *tolerance, agreement_text(agreement));
  }
  if (!is_equal || tolerance) print_surroundings(changed_surroundings(database, before, after));
  return holds;
}

}  // namespace rnnbench
