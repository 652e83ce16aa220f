#pragma once

#include <filesystem>

#include "results/exchange/table_rows.hpp"

namespace rnnbench {

/// Writes the tables into the new folder `folder` as CSV: TABLE.csv each, parquet.sql, which has DuckDB write
/// them as Parquet, and manifest.json with the schema and the numbers of rows (docs/exchange.md). Streams.
/// Throws EnvironmentError (`folder` exists and is not empty, or can't be written), StoreError, Interrupted.
TablesReport export_csv(Database& database, const std::vector<RunId>& runs,
                        const std::filesystem::path& folder, const std::stop_token& stop);

}  // namespace rnnbench
