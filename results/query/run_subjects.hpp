#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// One side of a comparison: a run, or a group of runs.
struct Subject {
  std::string label;      ///< "run 12", "trial 1559c362", or the filter as it was given
  bool is_group = false;  ///< then of finished runs, one a trial and seed: the newest
  std::vector<std::int64_t> runs;
  std::vector<std::string> trials;  ///< keys, each once
  /// Of each run, one after the other: epochs, test_accuracy, test_loss, validation_accuracy, train_seconds.
  /// NaN: none.
  std::vector<double> figures;
  /// Of each of subject_columns(), what the runs have.
  std::vector<std::set<std::string>> columns;
};

/// Names of Subject::figures' columns.
const std::vector<std::string>& subject_figures();
/// Names of Subject::columns: engine, cell, …
const std::vector<std::string>& subject_columns();

/// Finds what a user names: a run by its number, a trial by the beginning of its key (four digits or more;
/// the group of its seeds), or a group by conditions with commas between, `engine=eigen,cell=lstm`. Throws
/// ConfigError where there is no such run, no finished run in a group, or the beginning is that of several
/// trials.
Subject find_subject(Database& database, const std::string& text);

}  // namespace rnnbench
