#pragma once

#include <filesystem>
#include <string>

#include "results/store/sql_file.hpp"

namespace SQLite {
class Database;
}

namespace rnnbench {

/// PRAGMA application_id of a results database: "RNNB".
inline constexpr int kApplicationId = 0x524E4E42;

/// The schema of an open database; 0: an empty file. Changes nothing. Throws StoreError for another
/// program's database and for a schema newer than the newest migration; SQLite::Exception where it can't be
/// read.
int schema_version(SQLite::Database& database, const std::filesystem::path& path);

/// Applies the migrations that are missing, each in one transaction: a kill leaves an older schema or the
/// next one. Two processes may do so at the same time.
void migrate(SQLite::Database& database, const std::filesystem::path& path);
/// The same up to an older schema.
void migrate(SQLite::Database& database, const std::filesystem::path& path, int schema);

/// "no results yet at PATH; run …"
std::string no_results_message(const std::filesystem::path& path);

}  // namespace rnnbench
