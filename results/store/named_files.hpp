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

/// Throws StoreError where another results database beside the one at `path` has its name but for the ending,
/// and so would keep its files in the same folder; or where the name is one that SQLite gives to a log.
void require_files_of_its_own(const std::filesystem::path& path);

}  // namespace rnnbench
