#pragma once

#include <filesystem>

#include "results/exchange/table_rows.hpp"

namespace rnnbench {

/// Writes the tables into the new file `file` as JSON Lines: a line that names the schema, a line a row, a
/// last line with their number (docs/exchange.md). Streams. Throws EnvironmentError (`file` exists, or can't
/// be written), StoreError, Interrupted.
TablesReport export_jsonl(Database& database, const std::vector<RunId>& runs,
                          const std::filesystem::path& file, const std::stop_token& stop);

}  // namespace rnnbench
