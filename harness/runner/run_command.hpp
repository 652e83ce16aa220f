#pragma once

#include <optional>

#include "harness/core/run_sink.hpp"
#include "harness/runner/progress.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

/// Executes a trial whose engine is a command: starts the program, writes the request to its standard input
/// (one line of JSON: `seed`, `parameters`, `settings`, `label`), records what it prints (see CommandLines)
/// epoch by epoch, and ends the run: finished where it exits with 0, else failed with the last that it wrote.
/// As run_trial otherwise.
std::optional<RunEnd> run_command(const TrialSpec& trial, RunStart start, bool repeat,
                                  const RunServices& services, RunSink& sink, ProgressListener& progress);

}  // namespace rnnbench
