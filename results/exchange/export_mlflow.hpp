#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/exchange/mlflow_server.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

struct MlflowExportReport {
  int sent = 0;                   ///< runs that the server did not have
  int completed = 0;              ///< runs that it had in part, or as they were before
  int known = 0;                  ///< runs that it had as they are
  int running = 0;                ///< runs that aren't over: left out
  int deleted = 0;                ///< runs that were deleted there: left out
  std::set<std::string> changes;  ///< names and texts that MLflow can't take as they are
  std::vector<std::string>
      problems;  ///< runs that can't be sent, with their number and the reason; one a line
};

/// Sends runs to an MLflow server, each into the experiment of its name: settings as params, metrics and
/// timings as metrics, and as tags what `import --mlflow` needs to restore the run. Again sends what is
/// missing or has changed since, nothing twice, also where another call does the same at the time. A run was
/// sent whole once it carries its last tag, so a call that ends half-way is gone on with by the next. A run
/// that can't be made or that the server refuses is left out and the others are sent. `progress` is told how
/// many runs are done. Throws EnvironmentError, StoreError.
MlflowExportReport export_mlflow(Database& database, const std::vector<RunId>& runs, MlflowServer& server,
                                 const std::function<void(std::size_t)>& progress = {});

}  // namespace rnnbench
