#pragma once

#include <set>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// All (trial, seed) that have a finished run, as RunSink::finished_runs, for plans that write nothing.
std::set<RunKey> finished_runs(Database& database);

}  // namespace rnnbench
