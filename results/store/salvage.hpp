#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

/// What was saved of one table.
struct SalvagedTable {
  std::string table;
  std::int64_t saved = 0;
  std::int64_t unreadable = 0;  ///< rows (of metrics and the like: runs) that could be read in part or not
  bool is_more = false;         ///< there may be more of them: no index says how many rows there were
  std::int64_t refused = 0;     ///< rows that belong to one that was lost, or hold what none can
};

/// Writes what can be read of a damaged database into the new file `output`, of this schema, with all its
/// numbers as they were. Reads each table from its start and, behind a damaged page, row by row; lists of a
/// run from both ends. The damaged file is not changed. Throws StoreError (it can't be opened at all),
/// EnvironmentError (`output` exists, or can't be written).
std::vector<SalvagedTable> salvage(const std::filesystem::path& path, const std::filesystem::path& output);

}  // namespace rnnbench
