#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "results/exchange/mlflow_server.hpp"
#include "results/store/merge.hpp"

namespace rnnbench {

struct MlflowImportReport {
  int ours = 0;                       ///< runs that `export --mlflow` had sent
  int others = 0;                     ///< runs that another program logged
  int known = 0;                      ///< runs that the database has: not fetched
  int running = 0;                    ///< runs that aren't over: left out
  int half_sent = 0;                  ///< runs whose export didn't get to its end: left out
  MergeReport merged;                 ///< of the first two
  std::vector<std::string> problems;  ///< runs or values that were left out, with the reason; one a line
};

/// Fetches the runs of an MLflow server, of all its experiments or of those named, and adds to the database
/// at `target` (made where missing) those that it does not have. Runs that this program sent come back as
/// they were, less predictions and files. An error leaves the database as it was. `progress` is told how many
/// runs are fetched. Throws EnvironmentError, StoreError; ConfigError for an experiment that isn't there.
MlflowImportReport import_mlflow(MlflowServer& server, const std::vector<std::string>& experiments,
                                 const std::filesystem::path& target,
                                 const std::function<void(std::size_t)>& progress = {});

}  // namespace rnnbench
