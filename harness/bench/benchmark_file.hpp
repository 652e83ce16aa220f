#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/records.hpp"

namespace rnnbench {

/// One benchmark of a Google Benchmark suite, as it is recorded: a run with one epoch.
struct ImportedBenchmark {
  TrialRecord trial;  ///< engine kImportedEngine; its settings hold the benchmark's name
  EpochRecord epoch;  ///< medians of its counters as metrics; the repetitions' real times, whole ns, as phase
                      ///< "benchmark"
  RunEnd end;         ///< failed where the benchmark said so
};

/// What `--benchmark_out=FILE --benchmark_out_format=json` wrote.
struct BenchmarkFile {
  std::string sha256;
  std::string environment;  ///< JSON: the file's "context"
  std::string host;         ///< that it was written on; "": the file doesn't say
  std::string when;         ///< it began, UTC in ISO 8601; "": the file doesn't say, or not in which zone
  std::vector<ImportedBenchmark> benchmarks;
};

/// Reads it; aggregates over repetitions are left out, since they follow from them. Throws EnvironmentError,
/// with the place, for a file that can't be read or is none.
BenchmarkFile read_benchmark_file(const std::filesystem::path& path);

}  // namespace rnnbench
