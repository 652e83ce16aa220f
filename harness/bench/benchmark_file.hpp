#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/records.hpp"

namespace rnnbench {

/// One benchmark of a Google Benchmark suite or command of hyperfine, as it is recorded: a run with one
/// epoch.
struct ImportedBenchmark {
  TrialRecord trial;  ///< engine kImportedEngine or kHyperfineEngine; its settings hold the benchmark's name
  EpochRecord epoch;  ///< medians of its counters as metrics; the repetitions' real times, whole ns, as phase
                      ///< "benchmark"
  RunEnd end;         ///< failed where the benchmark said so
  std::string details = "{}";  ///< JSON: what else is known of the run
};

/// What `--benchmark_out=FILE --benchmark_out_format=json` wrote, or hyperfine's `--export-json FILE`.
struct BenchmarkFile {
  std::string tool;  ///< that wrote it
  std::string sha256;
  std::string environment;  ///< JSON: the file's "context"; hyperfine writes none
  std::string host;         ///< that it was written on; "": the file doesn't say
  std::string when;         ///< it began, UTC in ISO 8601; "": the file doesn't say, or not in which zone
  std::vector<ImportedBenchmark> benchmarks;
};

/// Reads it; aggregates over repetitions are left out, since they follow from them. Throws EnvironmentError,
/// with the place, for a file that can't be read or is none.
BenchmarkFile read_benchmark_file(const std::filesystem::path& path);

}  // namespace rnnbench
