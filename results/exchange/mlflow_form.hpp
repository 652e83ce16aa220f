#pragma once

#include <string>
#include <vector>

#include "results/exchange/mlflow_run.hpp"
#include "results/exchange/run_record.hpp"

namespace rnnbench {

/// A run of ours in MLflow's form, with all tags but kSentTag; its metrics are all values.
struct MlflowForm {
  std::string experiment;
  MlflowRun run;
  std::string digest;                ///< of all of it: the value of kSentTag
  std::vector<std::string> changes;  ///< what MLflow can't take as it is, and has as what
};

/// A metric's key is "split/name", its step the epoch. One of steps within epochs is "split/name per step",
/// counted from 0 through all epochs. Phases are "timing/phase/clock median ms" and "… total s" by epoch.
/// Values have the time at which the run was over. Throws EnvironmentError where the record is none.
MlflowForm mlflow_form(const RunRecord& record);

/// What a record that came back expects of the server's metrics.
struct ExpectedSeries {
  std::string key;
  std::size_t count = 0;
};

/// The other way, in two steps: the record from the tags of a run that was sent, which names the metrics to
/// fetch… Throws EnvironmentError where tags are missing or damaged.
class ReturnedRun {
 public:
  explicit ReturnedRun(const MlflowRun& run);
  const std::vector<ExpectedSeries>& expected() const { return expected_; }
  /// …and their values, all that the server has under a key. Of several at one step the newest counts. Throws
  /// EnvironmentError where some are missing.
  void fill(std::size_t series, std::vector<MlflowMetric> values);
  RunRecord take() { return std::move(record_); }

 private:
  RunRecord record_;
  std::vector<ExpectedSeries> expected_;
  Json places_;
};

}  // namespace rnnbench
