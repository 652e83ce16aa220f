#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "plots/plot.hpp"
#include "results/query/mean_interval.hpp"
#include "results/query/trial_labels.hpp"

namespace rnnbench {

/// Trials that differ in nothing but vocabulary and length.
struct SizeGroup {
  std::string label;  ///< what tells them from the other groups; "": there is none
  std::map<std::pair<int, int>, MeanInterval> percents;  ///< test accuracy by (vocabulary, length)
};

/// Test accuracy by size of the input.
struct SizeGrid {
  std::vector<int> vocabularies, lengths;  ///< ascending
  std::vector<SizeGroup> groups;           ///< in the order of the trials
  std::vector<const TrialData*> trials;

  bool is_one_size() const { return vocabularies.size() < 2 && lengths.size() < 2; }
};

SizeGrid size_grid(const FigureData& data);

/// A plot without panels of it.
Plot size_plot(const FigureData& data, const SizeGrid& grid, const Theme& theme, const char* name,
               const char* title);

/// What stands above each group's panel: what it is, and "n = 3 each".
std::vector<std::string> size_headings(const SizeGrid& grid);
std::string size_counts(const SizeGroup& group);

}  // namespace rnnbench
