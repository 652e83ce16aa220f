#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/records.hpp"
#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// What it takes to use a run's model again.
struct PredictionSource {
  RunId run = 0;
  std::uint64_t seed = 0;
  std::string settings;  ///< canonical JSON of the trial
  std::vector<ArtifactRecord> artifacts;
  std::filesystem::path folder;  ///< of the database; the artifacts' paths are relative to it

  /// The whole path of the artifact of this kind; empty where the run has none.
  std::filesystem::path file(const std::string& kind) const;
};

/// Throws ConfigError where there is no such run or it saved no parameters, with what to do.
PredictionSource run_for_prediction(Database& database, RunId run);

}  // namespace rnnbench
