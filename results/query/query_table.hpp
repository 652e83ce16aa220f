#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// When a query is stopped.
struct QueryLimits {
  std::chrono::milliseconds time{60'000};
  std::size_t bytes = std::size_t{512} << 20;  ///< of the whole result
  std::function<bool()> stop;                  ///< asked often; true ends with Interrupted
};

/// Runs one SQL statement that only reads, with `parameters` for its ?s. Throws ConfigError where the
/// statement is wrong, would do more than read, is more than one, or passes a limit; StoreError where the
/// database can't be read; Interrupted.
Table query_table(Database& database, std::string_view sql, const std::vector<TableCell>& parameters = {},
                  const QueryLimits& limits = {});

}  // namespace rnnbench
