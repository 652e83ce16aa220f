#pragma once

#include <string>
#include <vector>

#include "harness/cli/filter_options.hpp"
#include "harness/core/run_sink.hpp"

namespace rnnbench {

class Database;

/// `--run 3,5` and the conditions of `list`: which runs a command is about; none given: all.
struct ChosenRunsOption {
  FilterOptions filter;
  std::vector<std::string> numbers;
  void add_to(CLI::App& command);

  /// Those of which all that is given holds, in the order of their numbers. Throws ConfigError for a number
  /// or a value that no run has, and where there are runs but none is chosen.
  std::vector<RunId> runs(Database& database) const;
};

}  // namespace rnnbench
