#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace SQLite {
class Database;
}

namespace rnnbench {

/// The paths that rows of a database of any schema name, relative to its folder.
std::set<std::string> named_files(SQLite::Database& database);

/// Those of the other results databases in the folder of `path`. Throws StoreError where one can't be read.
std::set<std::string> files_named_beside(const std::filesystem::path& path);

}  // namespace rnnbench
