#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/data/encoded_data.hpp"
#include "harness/data/split_tokens.hpp"
#include "harness/data/vector_shelf.hpp"
#include "harness/measure/machine_use.hpp"
#include "harness/measure/paced_control.hpp"
#include "harness/metrics/metric_table.hpp"
#include "harness/model/baseline.hpp"
#include "harness/model/engine.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

class Budget;

/// What a run needs from outside the runner; the composition root fills it in, tests use fakes.
struct RunServices {
  /// The encoded data of a trial. Throws DataError, ConfigError, Interrupted.
  std::function<EncodedData(const TrialSpec& trial)> load_data;
  /// The same of a baseline's trial, as tokens.
  std::function<std::shared_ptr<const SplitTokens>(const TrialSpec& trial)> load_tokens;
  /// The word vectors that a trial's embedding starts from; asked for where its model names some. Throws
  /// DataError, which ends the run and not the matrix, and Interrupted.
  std::function<std::shared_ptr<const GivenVectors>(const TrialSpec& trial, const EncodedData& data)>
      given_vectors;
  /// Why a trial can't be run here, or "".
  std::function<std::string(const TrialSpec& trial)> obstacle;
  /// Throws EngineError.
  std::function<std::unique_ptr<Engine>(const std::string& name, const EngineSetup& setup)> make_engine;
  /// Throws EngineError.
  std::function<std::unique_ptr<Baseline>(const std::string& name, const BaselineSetup& setup)> make_baseline;
  /// What is recorded of each evaluation; training needs `loss` and `accuracy`.
  std::vector<Metric> metrics = metric_table();
  /// Asked when a run begins and ends; empty: what the machine does is not recorded.
  std::function<MachineReading()> read_machine;
  /// Asked before a run's first epoch and after each; empty: no control is recorded.
  std::function<ControlReading()> read_control;
  /// JSON; see harness/measure/environment.hpp.
  Json environment;
  /// The folder that artifact paths are relative to (the database's) …
  std::filesystem::path artifact_root;
  /// … and where artifacts go, relative to it.
  std::filesystem::path artifact_folder;
  std::shared_ptr<Budget> budget;  ///< null: no limit of time
  std::stop_token stop;
  /// Seconds between two checkpoints of a run at least; see checkpoint_pace.hpp.
  double checkpoint_seconds = 1;
};

}  // namespace rnnbench
