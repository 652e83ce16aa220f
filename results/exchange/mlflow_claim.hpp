#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/exchange/mlflow_server.hpp"

namespace rnnbench {

/// Sees to it that of several exports at the same time one alone sends a run: where each made a run of it
/// there, all of them keep the same one. MLflow has no lock, but a param is written once: the run whose first
/// param has its own value is kept, and one to which another export wrote that it isn't is not. Exact as long
/// as the server sees what it has taken, as on MLflow's SQL stores. Throws as MlflowServer does.
class MlflowClaim {
 public:
  /// `run` has the tag kUidTag and its params; it is to outlive this.
  MlflowClaim(MlflowServer& server, std::string experiment, const MlflowRun& run)
      : server_(server), experiment_(std::move(experiment)), run_(run) {}

  /// The id of a run of that uid that is there now.
  std::optional<std::string> find();
  /// Whether the run that was just made there is to be sent; if not, it is deleted: another one is kept.
  bool is_ahead(const std::string& id);
  /// Whether another one was kept since, so that the server takes nothing for this one any more; if so, it is
  /// deleted.
  bool is_lost(const std::string& id);

 private:
  std::vector<MlflowRun> runs_there();
  bool is_claimed(const MlflowRun& run) const;
  bool is_ousted(const MlflowRun& run) const;
  /// Whether it could be: a run that is claimed stays.
  bool oust(const std::string& id);

  MlflowServer& server_;
  std::string experiment_;
  const MlflowRun& run_;
};

/// For a search: the runs of a uid.
std::string uid_filter(const std::string& uid);

}  // namespace rnnbench
