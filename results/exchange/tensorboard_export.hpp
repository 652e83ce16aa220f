#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// What an export came to.
struct TensorboardReport {
  int runs = 0, files = 0;
  int skipped = 0;  ///< runs left out: recorded as skipped, they have nothing to show
};

/// Writes event files that TensorBoard shows: a folder a run, EXPERIMENT/TRIAL/SEED-RUN, with what belongs to
/// no split and the settings for HParams, and in it a folder a split (docs/exchange.md). Each file is
/// complete or absent; the same runs give the same files, others stay. Throws EnvironmentError, StoreError,
/// Interrupted.
TensorboardReport export_tensorboard(Database& database, const std::vector<RunId>& runs,
                                     const std::filesystem::path& folder, const std::stop_token& stop);

}  // namespace rnnbench
