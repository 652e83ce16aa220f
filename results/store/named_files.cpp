#include "results/store/named_files.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <fstream>

#include "harness/core/error.hpp"
#include "results/store/connection.hpp"
#include "results/store/merge_files.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// By the first bytes: SQLite's magic and, at byte 68, the application id "RNNB".
bool is_results_database(const fs::path& file) {
  std::array<char, 72> header{};
  std::ifstream(file, std::ios::binary).read(header.data(), header.size());
  return std::memcmp(header.data(), "SQLite format 3", 16) == 0 &&
         std::memcmp(header.data() + 68, "RNNB", 4) == 0;
}

}  // namespace

std::set<std::string> named_files(SQLite::Database& database) {
  std::set<std::string> paths;
  for (const char* table : {"artifacts", "checkpoints"}) {
    if (!database.tableExists(table)) continue;
    SQLite::Statement select(database, std::string("SELECT path FROM ") + table);
    while (select.executeStep()) {
      paths.insert(fs::path(select.getColumn(0).getString()).lexically_normal().string());
    }
  }
  return paths;
}

std::set<std::string> files_named_beside(const fs::path& path) {
  std::set<std::string> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(path.parent_path())) {
    if (!entry.is_regular_file() || fs::equivalent(entry.path(), path)) continue;
    if (!is_results_database(entry.path())) continue;
    Connection other = open_as_it_is(entry.path());
    paths.merge(with_store_errors(other.path, [&] { return named_files(other.database); }));
  }
  return paths;
}

void require_files_of_its_own(const fs::path& path) {
  const std::string name = path.filename().string();
  for (const char* log : {"-wal", "-shm", "-journal"}) {
    if (!name.ends_with(log)) continue;
    throw StoreError(fmt::format("{}: SQLite gives names that end in {} to logs; give another one with --db",
                                 path.string(), log));
  }
  std::error_code missing;
  const fs::path folder = fs::absolute(path, missing).parent_path();
  if (missing) return;  // an empty path, say: who opens it says so
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, missing)) {
    const bool is_namesake = entry.path().stem() == path.stem() && entry.path().filename() != path.filename();
    if (!is_namesake || !entry.is_regular_file() || !is_results_database(entry.path())) continue;
    throw StoreError(
        fmt::format("{} and {} would keep the files of their runs in one folder, {}; give another name "
                    "with --db",
                    path.string(), entry.path().string(), files_folder(path).string()));
  }
}

}  // namespace rnnbench
