#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/query/table.hpp"
#include "results/store/sql_file.hpp"

namespace rnnbench {

/// results/query/named/*.sql as built in.
std::span<const SqlFile> named_sql();

struct NamedQuery {
  std::string name;
  std::string description;  ///< the file's first line
  std::string sql;
};

/// In the order in which they are shown.
const std::vector<NamedQuery>& named_queries();

/// Their names and descriptions, as a table.
Table named_query_list();

/// The SQL of a named query, or the text itself where it has more than one word. Throws ConfigError for one
/// word that names no query.
std::string sql_of(std::string_view name_or_sql);

}  // namespace rnnbench
