#pragma once

#include <optional>

#include "harness/core/run_sink.hpp"
#include "harness/runner/progress.hpp"
#include "harness/runner/services.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// Executes one trial with one seed and records it: loads the data, makes the engine, trains epoch by
/// epoch (each durable in `sink` before the next begins), evaluates, stores the test probabilities and
/// writes the weights; where such a run was left with a checkpoint, goes on with it. Returns how it ended, or
/// nothing where (without `repeat`) the run is finished or at work in another process; a failure of the
/// engine or a loss that is not finite is a `failed` run with its reason. On a request to stop and where the
/// disk fails, the run is recorded as `interrupted` and the error is thrown on. Errors of the data or
/// database are thrown on too.
std::optional<RunEnd> run_trial(const TrialSpec& trial, const RunStart& start, bool repeat,
                                const RunServices& services, RunSink& sink, ProgressListener& progress);

}  // namespace rnnbench
