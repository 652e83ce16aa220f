#pragma once

#include <map>
#include <set>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// All (trial, seed) that have a finished run, as RunSink::finished_runs, for plans that write nothing.
std::set<RunKey> finished_runs(Database& database);

/// The epochs that are done of each (trial, seed) that has a checkpoint.
std::map<RunKey, int> epochs_done(Database& database);

}  // namespace rnnbench
