#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "harness/runner/budget.hpp"
#include "harness/runner/run_estimates.hpp"
#include "harness/runner/run_matrix.hpp"
#include "results/query/past_runs.hpp"

namespace rnnbench {

/// What a database knows that helps to plan; nothing where there is no database yet.
struct Past {
  std::set<RunKey> finished;
  RunEstimates estimates;
  std::optional<EstimateError> error;
  EpochsDone done;

  /// Of a whole run.
  std::optional<RunEstimate> estimate(const PlannedTrial& trial) const {
    return estimates.of(trial.record.key, run_size(trial.spec));
  }
};
Past past_of(const std::filesystem::path& database);

/// Gives each trial its estimate, for the record.
void add_estimates(Matrix& matrix, const Past& past);

/// Throws ConfigError, with the shortest estimate, where each run that is left takes longer than `seconds`.
/// `can_run` tells trials that can't be run here.
void require_room(const std::vector<Matrix>& matrices, const Past& past, double seconds,
                  const std::string& written, const std::function<bool(const PlannedTrial&)>& can_run);

}  // namespace rnnbench
