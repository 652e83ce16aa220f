#pragma once

#include <map>
#include <set>
#include <string>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// All (trial, seed) that have a finished run, as RunSink::finished_runs, for plans that write nothing.
std::set<RunKey> finished_runs(Database& database);

/// Mean seconds from start to end of a trial's finished runs, by trial key: for estimates.
std::map<std::string, double> mean_run_seconds(Database& database);

}  // namespace rnnbench
