#include "plots/size_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "plots/captions.hpp"
#include "plots/trial_values.hpp"

namespace rnnbench {

SizeGrid size_grid(const FigureData& data) {
  SizeGrid grid;
  grid.trials = choose_trials(data, has_test_accuracy);
  const TrialLabels labels = label_trials(grid.trials);
  std::set<int> vocabularies, lengths;
  for (std::size_t t = 0; t < grid.trials.size(); ++t) {
    const TrialData& trial = *grid.trials[t];
    const std::string label = label_text(labels.differing[t], {"vocabulary", "length"});
    auto group = std::ranges::find(grid.groups, label, &SizeGroup::label);
    if (group == grid.groups.end()) group = grid.groups.insert(group, {label, {}});
    group->percents[{trial.vocabulary, trial.length}] = mean_interval(test_percents(trial));
    vocabularies.insert(trial.vocabulary);
    lengths.insert(trial.length);
  }
  grid.vocabularies.assign(vocabularies.begin(), vocabularies.end());
  grid.lengths.assign(lengths.begin(), lengths.end());
  return grid;
}

Plot size_plot(const FigureData& data, const SizeGrid& grid, const Theme& theme, const char* name,
               const char* title) {
  Plot plot = captioned(data, label_trials(grid.trials), name, title, theme);
  add_missing(plot, data, grid.trials.size(), "no test accuracy");
  return plot;
}

std::vector<std::string> size_headings(const SizeGrid& grid) {
  std::vector<std::string> headings;
  for (const SizeGroup& group : grid.groups)
    headings.push_back(group.label.empty() ? "all trials" : group.label);
  return headings;
}

std::string size_counts(const SizeGroup& group) {
  int least = group.percents.begin()->second.n, most = least;
  for (const auto& [size, interval] : group.percents) {
    least = std::min(least, interval.n);
    most = std::max(most, interval.n);
  }
  return least == most ? fmt::format("n = {} each", most) : fmt::format("n = {} to {}", least, most);
}

}  // namespace rnnbench
