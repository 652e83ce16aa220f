#include "results/query/run_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

struct Condition {
  const char* column;
  const std::string* value;
};

/// Nothing was found: is that because a value is misspelt?
void refuse_unknown_values(Database& database, const std::vector<Condition>& conditions) {
  for (const auto& [column, value] : conditions) {
    const Table known =
        query_table(database, fmt::format("SELECT DISTINCT {0} FROM run_summary ORDER BY {0}", column));
    std::vector<std::string> values;
    for (const auto& row : known.rows) values.push_back(std::get<std::string>(row[0]));
    if (values.empty() || std::find(values.begin(), values.end(), *value) != values.end()) continue;
    throw ConfigError(
        fmt::format("no run has {} '{}'{}", column, visible_text(*value), suggestion(*value, values)));
  }
}

}  // namespace

Table list_runs(Database& database, const RunFilter& filter) {
  std::string where = "1";
  std::vector<TableCell> parameters;
  std::vector<Condition> conditions;
  for (const Condition& condition :
       {Condition{"experiment", &filter.experiment}, Condition{"engine", &filter.engine},
        Condition{"cell", &filter.cell}, Condition{"device", &filter.device},
        Condition{"data_set", &filter.data_set}, Condition{"status", &filter.status}}) {
    if (condition.value->empty()) continue;
    where += fmt::format(" AND {} = ?", condition.column);
    parameters.emplace_back(*condition.value);
    conditions.push_back(condition);
  }
  if (!filter.trial.empty()) {
    where += " AND substr(trial, 1, length(?)) = ?";
    parameters.insert(parameters.end(), 2, filter.trial);
  }
  parameters.emplace_back(std::int64_t{filter.newest > 0 ? filter.newest : -1});
  Table table = query_table(
      database,
      fmt::format(
          "SELECT * FROM (SELECT run, experiment, substr(trial, 1, 8) AS trial, data_set, recipe, engine, "
          "cell, device, vocabulary, length, seed, status, epochs, test_accuracy, train_seconds, started "
          "FROM run_summary WHERE {} ORDER BY run DESC LIMIT ?) ORDER BY run",
          where),
      parameters);
  if (table.rows.empty()) refuse_unknown_values(database, conditions);
  return table;
}

}  // namespace rnnbench
