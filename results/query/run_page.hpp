#pragma once

#include <string>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// Everything about one run as text for a terminal: what it is and how it ended, settings, metrics by epoch,
/// timings, files, environment. Texts are shown inert. Throws ConfigError where there is no such run.
std::string show_run(Database& database, RunId run);

/// "no run 7 in PATH; …", where there is none.
void require_run(Database& database, RunId run);

}  // namespace rnnbench
