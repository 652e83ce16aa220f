#include "results/query/run_filter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_conditions.hpp"

namespace rnnbench {
namespace {

struct Shortcut {
  const char* column;
  const std::string* value;
};

std::vector<Shortcut> shortcuts(const RunFilter& filter) {
  std::vector<Shortcut> given;
  for (const Shortcut& shortcut :
       {Shortcut{"experiment", &filter.experiment}, Shortcut{"engine", &filter.engine},
        Shortcut{"cell", &filter.cell}, Shortcut{"device", &filter.device},
        Shortcut{"data_set", &filter.data_set}, Shortcut{"status", &filter.status}}) {
    if (!shortcut.value->empty()) given.push_back(shortcut);
  }
  return given;
}

constexpr const char* kHasTag =
    "run IN (SELECT run_id FROM run_tags WHERE tag = ? UNION SELECT runs.id FROM experiment_tags "
    "JOIN runs ON runs.experiment_id = experiment_tags.experiment_id WHERE tag = ?)";

void refuse_unknown(const char* what, const std::string& value, const Table& known) {
  std::vector<std::string> values;
  for (const auto& row : known.rows) values.push_back(std::get<std::string>(row[0]));
  if (std::find(values.begin(), values.end(), value) != values.end()) return;
  throw ConfigError(
      fmt::format("no run has {} '{}'{}", what, visible_text(value), suggestion(value, values)));
}

}  // namespace

SqlPart filter_sql(const RunFilter& filter, RunFields& fields) {
  SqlPart sql{"1"};
  for (const auto& [column, value] : shortcuts(filter)) {
    sql += {fmt::format(" AND +{} = ?", column), {*value}};
  }
  if (!filter.trial.empty()) {
    sql += {" AND trial >= ? AND trial < ?", {filter.trial, filter.trial + "g"}};  // g follows the digits
  }
  if (!filter.where.empty()) {
    std::vector<RunCondition> conditions;
    for (const std::string& text : filter.where) conditions.push_back(parse_condition(text));
    sql += {" AND "};
    sql += conditions_sql(conditions, fields);
  }
  for (const std::string& tag : filter.tags) {
    sql += {std::string(" AND ") + kHasTag, {tag, tag}};
  }
  return sql;
}

bool asks_for_status(const RunFilter& filter) {
  return !filter.status.empty() ||
         std::any_of(filter.where.begin(), filter.where.end(), [](const std::string& condition) {
           return parse_condition(condition).name == "status";
         });
}

void refuse_unknown_values(Database& database, const RunFilter& filter) {
  if (query_table(database, "SELECT 1 FROM runs LIMIT 1").rows.empty()) return;
  for (const auto& [column, value] : shortcuts(filter)) {
    refuse_unknown(
        column, *value,
        query_table(database, fmt::format("SELECT DISTINCT {0} FROM run_summary ORDER BY {0}", column)));
  }
  for (const std::string& tag : filter.tags) {
    refuse_unknown(
        "tag", tag,
        query_table(database, "SELECT tag FROM run_tags UNION SELECT tag FROM experiment_tags ORDER BY tag"));
  }
}

}  // namespace rnnbench
