#pragma once

#include <string>

#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

inline constexpr std::size_t kMostSqlRows = 10'000;
inline constexpr int kMostSqlSeconds = 5;

struct SqlAnswer {
  Table table;
  bool cut = false;  ///< there were more rows
};

/// One statement that only reads, as far as kMostSqlRows and kMostSqlSeconds go. Throws as query_rows() does.
SqlAnswer ask_sql(Database& database, const std::string& sql);

}  // namespace rnnbench
