#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/query/database.hpp"

namespace rnnbench {

/// The finished runs of one trial, for estimates.
struct PastTrial {
  std::string key;
  std::string engine;
  std::string cell;
  std::string device;
  std::string data_set;
  int length = 0;
  std::string settings;  ///< a JSON list: data.limit.train, data.split, data.validation, training.epochs,
                         ///< training.batch, model.layers; null for what isn't there
  int runs = 0;
  double mean_seconds = 0;  ///< from a run's begin to its end
};
std::vector<PastTrial> past_trials(Database& database);

/// How far estimates were off.
struct EstimateError {
  double median = 0;  ///< of |taken / estimated - 1|
  int runs = 0;
};

/// Of the finished runs that had an estimate; nothing where there are none.
std::optional<EstimateError> estimate_error(Database& database);

}  // namespace rnnbench
