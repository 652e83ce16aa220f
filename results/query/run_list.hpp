#pragma once

#include <string>
#include <vector>

#include "results/query/database.hpp"
#include "results/query/run_filter.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {

/// Which columns of which runs, in which order. Names are those of RunFields.
struct RunListView {
  std::vector<std::string> columns = {};  ///< empty: those that tell runs from each other; `side` as engine
  std::string sort = {};                  ///< "test_accuracy:desc,run"; empty: in the order they were started
  int newest = 0;                         ///< only so many, the newest of those that the filter takes; 0: any
  int limit = 0;  ///< at most so many lines, the first of the order, or the newest; 0: any
};

/// What list_runs() asks the database.
struct RunListQuery {
  std::string sql;
  std::vector<TableCell> parameters;
};

/// Throws ConfigError for unknown names and orders.
RunListQuery run_list_query(Database& database, const RunFilter& filter, const RunListView& view);

/// Runs; missing values come last in any order. Throws ConfigError where experiment, engine, … is a value
/// that no run has (it names the nearest), StoreError.
Table list_runs(Database& database, const RunFilter& filter = {}, const RunListView& view = {});

/// Some of the runs, and how many there are.
struct RunListPage {
  Table table;
  std::int64_t all = 0;  ///< runs that the filter takes
};

/// list_runs() with the count, in one scan.
RunListPage list_page(Database& database, const RunFilter& filter, const RunListView& view);

/// How many runs the filter takes.
std::int64_t count_runs(Database& database, const RunFilter& filter);

}  // namespace rnnbench
