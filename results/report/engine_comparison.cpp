#include <fmt/format.h>

#include <string>

#include "harness/statistics/equivalence.hpp"
#include "results/query/engine_pairs.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"
#include "results/report/verdict_list.hpp"

namespace rnnbench {
namespace {

constexpr const char* kNotCompared = "–";

/// "; quick training of 5 seeds: equivalent (margin 1, p = 0.012, 2026-01-31)", or "".
std::string seeds_text(const ParityData& check) {
  if (!check.seeds) return "";
  const SeedsData& seeds = *check.seeds;
  const std::string chance = seeds.near_chance ? ", both near chance, which shows little" : "";
  return fmt::format("; quick training of {} seeds: {} (margin {}, {}, {}{})", seeds.seeds, seeds.verdict,
                     seeds.margin, p_text(seeds.p, seeds.high - seeds.low), day_of(seeds.checked), chance);
}

std::string parity_text(const FigureData& data, const TrialData& first, const TrialData& second) {
  const ParityData* check = find_parity(data.parity, model_text(first), first, second);
  if (check == nullptr) return "not shown: no record";
  const std::string day = day_of(check->checked);
  if (!check->shown) return fmt::format("not shown: check of {} failed{}", day, seeds_text(*check));
  return fmt::format("shown (worst gradient error {:.1e}, {}){}", check->gradient_error, day,
                     seeds_text(*check));
}

/// `verdict`: of the second against the first; nullptr where there is none.
std::vector<std::string> row(const FigureData& data, const TrialPair& pair, const std::string& label,
                             const Verdict* verdict) {
  const TrialData& first = data.trials[pair.first];
  const TrialData& second = data.trials[pair.second];
  std::vector<std::string> cells = {label, markdown_text(second.engine + " less " + first.engine),
                                    parity_text(data, first, second)};
  if (verdict == nullptr || !verdict->is_paired || !verdict->equivalence) {
    cells.insert(cells.end(), {kNotCompared, kNotCompared, kNotCompared, "not judged"});
    return cells;
  }
  const Equivalence& test = *verdict->equivalence;
  cells.insert(cells.end(), {std::to_string(test.n), fmt::format("{:+.2f}", test.difference),
                             fmt::format("{:+.2f} to {:+.2f}", test.low, test.high),
                             fmt::format("{} ({})", verdict_of(test), p_text(test.p, test.standard_error))});
  return cells;
}

/// Each pair's verdict, a list; what is missing below it. "" where nothing was judged.
std::string verdicts_text(const std::vector<SubjectVerdict>& verdicts,
                          const std::vector<std::string>& labels) {
  if (verdicts.size() != labels.size() || labels.empty()) return "";
  return "\nIn words, as `rnnbench compare` judges them (docs/queries.md), with intervals of 95 % and p "
         "adjusted over this list:\n\n" +
         verdict_list(verdicts, labels);
}

}  // namespace

std::string engine_comparison(const FigureData& data) {
  const std::vector<TrialPair> pairs = engine_pairs(data.trials);
  if (pairs.empty()) return "";
  const TrialLabels labels = label_trials(choose_trials(data, [](const TrialData&) { return true; }));
  MarkdownTable table({"trial", "engines", "parity", "seeds", "difference, points", "90 % interval",
                       fmt::format("within {} point", kRelevantPoints)},
                      3);
  std::vector<std::string> names;
  const bool is_judged = data.verdicts.size() == pairs.size();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::string label = label_text(labels.differing[pairs[i].first], {"engine"});
    if (label.empty()) label = data.trials[pairs[i].first].cell;
    names.push_back(markdown_text(label));
    table.add(row(data, pairs[i], names.back(), is_judged ? &data.verdicts[i].verdict : nullptr));
  }
  return fmt::format(
             "## Equivalence of engines\n\nTrials that differ only in their engine. Parity: the newest "
             "record "
             "of `rnnbench parity` for the model spec, and the newest with `--seeds`. Difference: of test "
             "accuracy, paired by seed, in percentage points. Equivalent within {} point: two one-sided t "
             "tests (Schuirmann 1987) at 5 %, which both succeed exactly where the 90 % interval lies within "
             "the margin; p is the larger of theirs. Different: the whole interval lies beyond the margin. "
             "Where every seed gives the same difference there is no spread to test by, and the verdict "
             "rests "
             "on the difference alone.\n\n",
             kRelevantPoints) +
         table.text() + verdicts_text(data.verdicts, names);
}

}  // namespace rnnbench
