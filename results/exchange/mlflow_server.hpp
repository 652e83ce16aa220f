#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "results/exchange/mlflow_client.hpp"
#include "results/exchange/mlflow_run.hpp"

namespace rnnbench {

struct MlflowExperiment {
  std::string id, name;
  bool is_deleted = false;
  std::int64_t created = 0;  ///< milliseconds since 1970; 0: the server doesn't say
};

/// What exporting and importing ask of a server, in its API's words. Throws as MlflowClient does.
class MlflowServer {
 public:
  explicit MlflowServer(MlflowAddress address, std::stop_token stop = {},
                        MlflowClient::Pauses pauses = MlflowClient::growing_pauses())
      : client_(std::move(address), std::move(stop), std::move(pauses)) {}

  const MlflowAddress& address() const { return client_.address(); }

  std::optional<MlflowExperiment> find_experiment(const std::string& name);
  /// All that aren't deleted.
  std::vector<MlflowExperiment> experiments();
  /// Makes it where it isn't there. Throws EnvironmentError where one of that name is deleted.
  MlflowExperiment experiment_named(const std::string& name);

  /// Hands over the runs of an experiment, page by page; `filter` as MLflow writes it, "": all. Those that
  /// aren't as MLflow has them are told to `malformed` by their id and what is wrong; without it they are an
  /// EnvironmentError.
  void each_run(const std::string& experiment, const std::string& filter, bool with_deleted,
                const std::function<void(MlflowRun)>& take,
                const std::function<void(const std::string&, const std::string&)>& malformed = {});
  /// All values under a key. Throws MalformedRun too.
  std::vector<MlflowMetric> history(const std::string& run, const std::string& key);

  /// A new run with the tag kUidTag and `run`'s name and start, unless there is one: `find` looks for it.
  /// Returns its id.
  std::string create_run(const std::string& experiment, const MlflowRun& run,
                         const std::function<std::optional<std::string>()>& find);
  void log_batch(const Json& batch) { client_.post("runs/log-batch", batch); }
  void end_run(const std::string& id, const MlflowRun& run);
  /// One that is deleted already stays so.
  void delete_run(const std::string& id);
  void set_tag(const std::string& id, const std::string& key, const std::string& value);

 private:
  /// Asks `call` again and again, each time for the next page.
  void each_page(const std::function<Json(const std::string& token)>& ask,
                 const std::function<void(const Json&)>& take);

  MlflowClient client_;
};

}  // namespace rnnbench
