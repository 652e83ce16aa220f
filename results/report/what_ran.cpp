#include <fmt/format.h>

#include <algorithm>

#include "plots/captions.hpp"
#include "results/query/trial_labels.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {
namespace {

std::vector<const TrialData*> all_trials(const FigureData& data) {
  return choose_trials(data, [](const TrialData&) { return true; });
}

/// The values of an axis in the order of the matrix, each once.
std::string values_text(const std::string& axis, const TrialLabels& labels) {
  std::vector<std::string> values;
  for (const LabelParts& parts : labels.differing) {
    for (const auto& [name, value] : parts) {
      if (name != axis || std::find(values.begin(), values.end(), value) != values.end()) continue;
      values.push_back(value);
    }
  }
  return markdown_text(fmt::format("{}", fmt::join(values, ", ")));
}

std::string seeds_text(const FigureData& data) {
  std::vector<std::uint64_t> seeds;
  for (const TrialData& trial : data.trials) {
    for (const RunData& run : trial.runs) seeds.push_back(run.seed);
  }
  std::sort(seeds.begin(), seeds.end());
  seeds.erase(std::unique(seeds.begin(), seeds.end()), seeds.end());
  return fmt::format("{}", fmt::join(seeds, ", "));
}

}  // namespace

std::string what_ran(const FigureData& data) {
  const TrialLabels labels = label_trials(all_trials(data));
  std::string text = "## What ran\n\n";
  text += fmt::format("Data set: **{}**\n\n", markdown_text(data_sets_text(data.trials)));
  MarkdownTable matrix({"setting", "values"}, 2);
  for (const std::string& axis : labels.axes) matrix.add({markdown_text(axis), values_text(axis, labels)});
  for (const auto& [name, value] : labels.common) {
    if (name != "data set") matrix.add({markdown_text(name), markdown_text(value) + " (in all trials)"});
  }
  matrix.add({"seeds", seeds_text(data)});
  text += matrix.text();
  text += fmt::format("\n{}: {}.\n", trial_count(data.trials.size()), run_counts(data.trials));
  if (data.environments.size() < 2) return text;
  return text + fmt::format(
                    "\n**The runs come from {} environments** (machines or builds, see below): their times "
                    "differ for that reason too.\n",
                    data.environments.size());
}

}  // namespace rnnbench
