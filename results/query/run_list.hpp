#pragma once

#include <string>

#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// Which runs to list; what is empty or 0 takes any.
struct RunFilter {
  std::string experiment = {};
  std::string engine = {};
  std::string cell = {};
  std::string device = {};
  std::string data_set = {};
  std::string status = {};
  std::string trial = {};  ///< the beginning of a trial's key
  int newest = 0;          ///< at most so many, the newest
};

/// Runs in the order they were started. Throws ConfigError where experiment, engine, … is a value that no
/// run has (it names the nearest), StoreError.
Table list_runs(Database& database, const RunFilter& filter = {});

}  // namespace rnnbench
