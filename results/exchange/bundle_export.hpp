#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// Writes finished runs as the new file `file`, all that it takes to repeat them elsewhere and to compare
/// (docs/exchange.md); the same runs of the same database give the same bytes. Weights stay out: their
/// SHA-256s are in it. Returns the file's size. Throws ConfigError (a run can't be repeated, too large),
/// EnvironmentError (`file` exists, or can't be written), StoreError, Interrupted.
std::uintmax_t export_bundle(Database& database, const std::vector<RunId>& runs,
                             const std::filesystem::path& file, const std::stop_token& stop);

}  // namespace rnnbench
