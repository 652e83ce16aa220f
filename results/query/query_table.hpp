#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "results/query/database.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// When a query is stopped, and what else it is given.
struct QueryLimits {
  std::chrono::milliseconds time{60'000};
  std::size_t bytes = std::size_t{512} << 20;   ///< of the whole result
  std::function<bool()> stop;                   ///< asked often; true ends with Interrupted
  std::map<std::string, TableCell> named = {};  ///< values for the query's :names
  std::string place = {};                       ///< the query's file, for messages; "": it has none
};

/// Gets a result as it is read, so that none has to fit into memory.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// Once, before the rows.
  virtual void columns(const std::vector<std::string>& names) = 0;
  /// A cell for each column; `cells` may be moved from.
  virtual void row(std::vector<TableCell>& cells) = 0;
};

/// Runs one SQL statement that only reads, with `parameters` for its ?s, and hands its rows to `sink`;
/// returns how many there were. `limits.bytes` does not apply. Throws ConfigError where the statement is
/// wrong, would do more than read, is more than one, takes too long, or has other :names
/// than `limits.named`; StoreError where the database can't
/// be read; Interrupted.
std::size_t query_rows(Database& database, std::string_view sql, const std::vector<TableCell>& parameters,
                       RowSink& sink, const QueryLimits& limits = {});

/// The same as a whole; throws ConfigError too where it is larger than `limits.bytes`.
Table query_table(Database& database, std::string_view sql, const std::vector<TableCell>& parameters = {},
                  const QueryLimits& limits = {});

}  // namespace rnnbench
