#pragma once

#include <string>

#include "harness/core/records.hpp"
#include "harness/core/settings.hpp"
#include "harness/data/data_spec.hpp"
#include "harness/data/recipe.hpp"
#include "harness/model/baseline_spec.hpp"
#include "harness/model/engine.hpp"
#include "harness/model/model_spec.hpp"
#include "harness/model/training_spec.hpp"
#include "harness/runner/command_spec.hpp"

namespace rnnbench {

/// When and how a run is evaluated. The `[evaluation]` table of an experiment.
struct EvaluationSpec {
  /// Test after every epoch, else only after the last. Without a validation part the curves need it; it
  /// never decides which epoch is best.
  bool test_every_epoch = false;
  int batch = 256;  ///< reviews at once
};

/// One cell of the matrix with all its settings, typed. The seed is not part of it.
struct TrialSpec {
  std::string engine;
  Device device = Device::kCpu;
  DataSpec data;
  Recipe recipe;
  ModelSpec model;
  TrainingSpec training;
  EvaluationSpec evaluation;
  CommandSpec command;  ///< of engine "command", whose tables above may be missing: then data.set is ""
  /// Of an engine of baseline_names(), which has neither model nor training; its recipe's length is 0.
  BaselineSpec baseline;

  bool is_command() const { return engine == kCommandEngine; }
  bool is_baseline() const { return rnnbench::is_baseline(engine); }
};

/// Reads a cell's settings; every unknown key, wrong type and value out of range is a ConfigError with
/// its place. `settings` has the tables data, recipe, model, training and evaluation, and the texts
/// engine (one of `engines`, a baseline, or "command") and device; with engine "command" it has the table
/// command, and either all of the others or none. A baseline takes data, recipe and baseline; model, training
/// and evaluation, which are other cells', are not read.
TrialSpec read_trial_spec(const Json& settings, const Origins& origins,
                          const std::vector<std::string>& engines);

/// The canonical settings of a trial: everything that decides its figures, defaults written out, and the
/// data set's fingerprint. Its `dump()` is what the trial's key is the SHA-256 of.
Json canonical_settings(const TrialSpec& spec, const std::string& data_fingerprint);

/// The trial back from its canonical settings, as a results database holds them. Word vectors, which these
/// know by content, have that for a name.
TrialSpec trial_from_canonical(const Json& settings, const std::vector<std::string>& engines);

/// The row of a trial. `settings` is the text of the canonical ones and `key` its SHA-256.
TrialRecord trial_record(const TrialSpec& spec, const std::string& key, const std::string& settings);

}  // namespace rnnbench
