#pragma once

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// What differs between where two runs ran: a row a value that is not the same, by dotted path; what the
/// engine said of itself begins with "engine"; see run_environment(). NULL: the run has none. Throws
/// ConfigError where there is no such run.
Table environment_difference(Database& database, RunId one, RunId other);

}  // namespace rnnbench
