#pragma once

#include <filesystem>
#include <optional>

#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// Compares a repetition with the run and says what came of it: without `tolerance` whether all bits are
/// equal, and else the first that differ; with one what of it agrees, and how far. Returns whether it holds.
bool judge_repetition(const std::filesystem::path& database, RunId before, RunId after, const RunEnd& end,
                      std::optional<double> tolerance);

}  // namespace rnnbench
