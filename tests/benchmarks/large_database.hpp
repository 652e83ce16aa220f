#pragma once

#include <filesystem>

namespace rnnbench {

/// A database of $RNNBENCH_QUERY_RUNS runs [100,000] with 100 metric rows each, made at the first call and
/// removed at the end of the program.
const std::filesystem::path& large_database();

}  // namespace rnnbench
