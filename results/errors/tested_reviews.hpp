#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/query/run_subjects.hpp"

namespace rnnbench {

/// What one subject predicted of the test reviews, as probabilities of positive.
struct SubjectPredictions {
  std::string label;                       ///< "run 12", "trial 1559c362"
  std::vector<std::int64_t> runs;          ///< one, or one a seed of the trial
  std::vector<std::vector<float>> by_run;  ///< [runs, reviews]
  std::vector<float> positive;             ///< [reviews], the mean over the runs

  bool calls_positive(std::size_t review) const { return positive[review] >= 0.5F; }
};

/// A test set and what subjects predicted of it.
struct TestedReviews {
  std::string digest;                ///< SHA-256 over texts and labels
  std::string settings;              ///< canonical JSON of a trial that was tested on it
  std::vector<std::uint8_t> labels;  ///< [reviews]
  std::vector<SubjectPredictions> subjects;

  std::size_t reviews() const { return labels.size(); }
  bool is_right(const SubjectPredictions& subject, std::size_t review) const {
    return subject.calls_positive(review) == (labels[review] == 1);
  }
};

/// Reads the stored predictions of all runs of `subjects`, at least one. Throws ConfigError where a run has
/// none that can be used, a group is of several trials, a run is given twice, or runs were tested on other
/// reviews; StoreError.
TestedReviews load_tested_reviews(Database& database, const std::vector<Subject>& subjects);

}  // namespace rnnbench
