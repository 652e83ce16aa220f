#pragma once

#include <filesystem>

namespace rnnbench {

/// Makes a database of so many runs, of a fifth as many trials, with 100 metric rows each.
void make_database(const std::filesystem::path& path, long runs);

/// A database of $RNNBENCH_QUERY_RUNS runs [100,000] with 100 metric rows each, made at the first call and
/// removed at the end of the program.
const std::filesystem::path& large_database();

}  // namespace rnnbench
