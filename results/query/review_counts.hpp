#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/statistics/verdict.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// What the stored predictions of two runs' test reviews say.
struct PredictionPair {
  std::optional<ReviewCounts> counts;
  bool are_of_other_reviews = false;  ///< both have predictions, of test sets that differ
  std::string problem;                ///< why stored predictions can't be used, or ""
};

/// A review is called right as the metric `accuracy` counts it: positive from 0.5 on. Throws StoreError.
PredictionPair predictions_of(Database& database, std::int64_t first, std::int64_t second);

}  // namespace rnnbench
