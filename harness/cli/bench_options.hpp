#pragma once

#include <string>
#include <vector>

#include "harness/bench/bench_session.hpp"
#include "harness/cli/options.hpp"

namespace rnnbench {

/// What `rnnbench bench` was asked.
struct BenchCommandOptions {
  std::vector<std::string> models = {"m1"};
  std::vector<std::string> overrides;
  std::vector<std::string> engines;  ///< the reference first; empty: all
  std::string against;               ///< another build or a revision, ""
  bool ablates = false;              ///< each engine against itself without one of its shortcuts
  bool scales = false;               ///< each engine on all threads against itself on fewer
  bool explains = false;             ///< says what a step comes to, and times nothing
  int threads = 0;                   ///< of each engine; 0: as its settings say
  double seconds = BenchOptions{}.seconds;
  double precision = 100 * BenchOptions{}.precision;  ///< [%]
  std::string format = "table";
  DatabaseOption db;
  DataOption data;
  VectorsOption vectors;
};

/// The command that does the same again, as words of a shell:
/// "rnnbench bench m1 --engines eigen,libtorch". Where it records and what it prints is left out.
std::string bench_command(const BenchCommandOptions& options);

/// The one that shows parity on what `file` gives with the overrides, but for its --engines.
std::string parity_command(const std::filesystem::path& file, const BenchCommandOptions& options);

}  // namespace rnnbench
