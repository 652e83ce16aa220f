#pragma once

#include <string>
#include <vector>

#include "results/query/database.hpp"
#include "results/query/run_filter.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// How runs are put together. Names are those of RunFields.
struct RunGroupView {
  std::vector<std::string> by;             ///< runs that agree in these are a group
  std::vector<std::string> measures = {};  ///< empty: test_accuracy, test_loss, train_seconds
  std::string sort = {};                   ///< by columns of the result; empty: by those of `by`
  int limit = 0;                           ///< at most so many groups; 0: all
};

/// A row a group: what it is grouped by, `runs`, and for each measure M the mean `M`, the sample standard
/// deviation `M_sd` (none of one value) and `M_n`, over how many values: NaN and missing ones are left out.
/// Takes finished runs unless the filter asks for a status, and of runs of a trial with the same seed the
/// newest. Throws ConfigError for unknown names and measures that are no numbers.
Table group_runs(Database& database, const RunFilter& filter, const RunGroupView& view);

}  // namespace rnnbench
