#pragma once

#include <filesystem>
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
  std::string place = {};  ///< its file; "" where it is built in
};

/// The built-in ones in the order in which they are shown, then NAME.sql of `folder` (none where it is empty
/// or missing) by name; one of the same name takes the place of the built-in one. A file begins with a line
/// `-- what it shows`; values are written as :name and given by --param. Throws ConfigError for a file
/// without that line, EnvironmentError for one that can't be read.
std::vector<NamedQuery> named_queries(const std::filesystem::path& folder = {});

/// Whether the description says, as `--param NAME=N`, that the parameter is a number.
bool wants_number(const NamedQuery& query, std::string_view parameter);

/// Names, descriptions and files, as a table.
Table named_query_list(const std::vector<NamedQuery>& queries);

/// The query of that name; with the text itself as SQL where it has more than one word. Throws ConfigError
/// for one word that names no query.
NamedQuery find_query(const std::vector<NamedQuery>& queries, std::string_view name_or_sql);

}  // namespace rnnbench
