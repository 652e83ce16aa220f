#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// One setting as a reader sees it: {"engine", "eigen"}, {"vocabulary", "5000"}, {"learning_rate", "0.001"}.
struct LabelPart {
  std::string name;
  std::string value;
  bool operator==(const LabelPart&) const = default;
};
using LabelParts = std::vector<LabelPart>;

/// What tells trials from each other, and what they share.
struct TrialLabels {
  LabelParts common;              ///< of the settings that tables have columns for
  std::vector<std::string> axes;  ///< names of the settings that differ
  /// A trial each, in the order given: engine and cell, then what tells it from trials that are alike so far,
  /// then what it differs in besides.
  std::vector<LabelParts> differing;
};

TrialLabels label_trials(const std::vector<const TrialData*>& trials);

/// The trials of which `keep` says true, in their order.
template <typename Keep>
std::vector<const TrialData*> choose_trials(const FigureData& data, Keep keep) {
  std::vector<const TrialData*> chosen;
  for (const TrialData& trial : data.trials) {
    if (keep(trial)) chosen.push_back(&trial);
  }
  return chosen;
}

/// "eigen rnn, vocabulary 5,000, length 100"; the parts named in `without` left out, and what the trial lacks
/// unless that is all.
std::string label_text(const LabelParts& parts, const std::vector<std::string_view>& without = {});

/// The text of the parts that differ, or "engine cell" where none does.
std::string trial_label(const TrialData& trial, const LabelParts& differing);

/// "toy (generated reviews, not IMDb)": no reader takes one data set for another.
std::string data_set_text(std::string_view name);

/// The data sets of the trials by `data_set_text`, joined by " and ".
std::string data_sets_text(const std::vector<TrialData>& trials);

/// "12,345".
std::string grouped(long long number);

}  // namespace rnnbench
