#pragma once

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"
#include "results/query/flat_json.hpp"

namespace rnnbench {

/// What is recorded of where a run ran, and under `engine` the engine's details. Where it was resumed in
/// another environment, values that differ there follow: "2 cores (resumed: 4 cores)", "-" where there is
/// none. Throws ConfigError where there is no such run.
FlatJson run_environment(Database& database, RunId run);

}  // namespace rnnbench
