#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// The bytes of a results database that holds these runs under their numbers, what they need, and nothing
/// else (see rows_of_runs); the same of the same database. Throws StoreError, Interrupted.
std::string copy_of_runs(Database& database, const std::vector<RunId>& runs, const std::stop_token& stop);

}  // namespace rnnbench
