#include "results/query/named_queries.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

std::vector<NamedQuery> read_named_queries() {
  constexpr std::string_view kComment = "-- ";
  std::vector<NamedQuery> queries;
  for (const SqlFile& file : named_sql()) {
    const std::size_t line_end = file.text.find('\n');
    queries.push_back({std::string(file.name),
                       std::string(file.text.substr(kComment.size(), line_end - kComment.size())),
                       std::string(file.text.substr(line_end + 1))});
  }
  return queries;
}

}  // namespace

const std::vector<NamedQuery>& named_queries() {
  static const std::vector<NamedQuery> kQueries = read_named_queries();
  return kQueries;
}

Table named_query_list() {
  Table table{{"query", "shows"}, {}};
  for (const NamedQuery& query : named_queries()) table.rows.push_back({query.name, query.description});
  return table;
}

std::string sql_of(std::string_view name_or_sql) {
  std::vector<std::string> names;
  for (const NamedQuery& query : named_queries()) {
    if (query.name == name_or_sql) return query.sql;
    names.push_back(query.name);
  }
  const bool one_word = name_or_sql.find_first_of(" \t\r\n;(") == std::string_view::npos;
  if (one_word && !name_or_sql.empty()) {
    throw ConfigError(
        fmt::format("no query is named '{}'{}", visible_text(name_or_sql), suggestion(name_or_sql, names)));
  }
  return std::string(name_or_sql);
}

}  // namespace rnnbench
