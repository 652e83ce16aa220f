#pragma once

#include "harness/bench/benchmark_file.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {

/// Whether this is what hyperfine writes with --export-json.
bool is_of_hyperfine(const Json& json);

/// Its commands, as benchmarks: median of the times as real_time, user and system time together as cpu_time,
/// its own figures under their names, and how many runs did not end with exit code 0. The exit codes are in
/// ImportedBenchmark::details. Throws EnvironmentError with the command's place.
std::vector<ImportedBenchmark> hyperfine_results(const Json& json);

}  // namespace rnnbench
