#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/cli/bench_options.hpp"
#include "harness/cli/parity_engines.hpp"

namespace rnnbench {

/// One side of a comparison before it has a trial: an engine and the build that has it, or any program.
struct Contender {
  std::string
      label;  ///< "eigen", "libtorch:cuda", "eigen@1a2b3c4", "fused without words", "fused on 1 thread"
  ParityEngine engine;
  std::filesystem::path program;
  std::vector<std::string> without = {};  ///< shortcuts, see engine_shortcuts()
  CommandSpec command = {};  ///< of a side that is any program (engine "command"), with its files
  int threads = 0;           ///< of the engine; 0: as the model's settings say
};

/// Of a comparison with fewer threads, the most. Throws ConfigError where more were asked for than
/// there are processors.
int most_threads(const BenchCommandOptions& options);

/// Those of one comparison each, the reference first: all engines, each with its like of another build,
/// each with itself without one of its shortcuts, or each on fewer threads. "command:WORDS" among the engines
/// is a program and its arguments, see docs/timing.md. Throws what read_engine() and other_build() do,
/// ConfigError where one would be alone or a program can't be started.
std::vector<std::vector<Contender>> comparisons_of(const BenchCommandOptions& options,
                                                   const std::stop_token& stop);

}  // namespace rnnbench
