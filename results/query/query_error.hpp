#pragma once

#include "results/query/database.hpp"

namespace rnnbench {

/// Throws what SQLite's result `code` of the last call means: StoreError where the database can't be read,
/// ConfigError where the query is wrong or would do more than read.
[[noreturn]] void throw_query_error(Database& database, int code);

}  // namespace rnnbench
