#pragma once

#include <string>
#include <vector>

#include "results/query/run_fields.hpp"
#include "results/query/sql_part.hpp"

namespace rnnbench {

/// Which runs; what is empty takes any, and all that is given must hold.
struct RunFilter {
  std::string experiment = {};
  std::string engine = {};
  std::string cell = {};
  std::string device = {};
  std::string data_set = {};
  std::string status = {};
  std::string trial = {};               ///< the beginning of a trial's key
  std::vector<std::string> where = {};  ///< conditions, see parse_condition()
  std::vector<std::string> tags = {};   ///< of the run or of its experiment
};

/// The filter as SQL over run_summary; "1" for all. Throws ConfigError, see conditions_sql().
SqlPart filter_sql(const RunFilter& filter, RunFields& fields);

/// Whether the filter chooses runs by their status.
bool asks_for_status(const RunFilter& filter);

/// For a filter that found nothing: throws ConfigError, with the nearest, where experiment, engine, … or a
/// tag is a value that no run has.
void refuse_unknown_values(Database& database, const RunFilter& filter);

}  // namespace rnnbench
