#include "results/store/schema.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

int schema_version(SQLite::Database& database, const fs::path& path) {
  const int newest = static_cast<int>(migrations().size());
  // One statement, so that another process's migration is seen whole or not at all.
  SQLite::Statement state(database,
                          "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) "
                          "FROM pragma_application_id, pragma_user_version");
  state.executeStep();
  const int application = state.getColumn(0).getInt();
  const int version = state.getColumn(1).getInt();
  const bool empty = state.getColumn(2).getInt() == 0;
  if (application == 0 && version == 0 && empty) return 0;
  if (application != kApplicationId || version < 1) {
    throw StoreError(
        fmt::format("{} is a database of another program; give another file with --db", path.string()));
  }
  if (version > newest) {
    throw StoreError(
        fmt::format("{} was written by a newer rnnbench (schema {}; this one knows {}); update rnnbench or "
                    "give another file with --db",
                    path.string(), version, newest));
  }
  return version;
}

void migrate(SQLite::Database& database, const fs::path& path) {
  migrate(database, path, static_cast<int>(migrations().size()));
}

void migrate(SQLite::Database& database, const fs::path& path, int schema) {
  while (schema_version(database, path) < schema) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int version = schema_version(database, path);
    if (version >= schema) return;
    database.exec(std::string(migrations()[static_cast<std::size_t>(version)].text));
    database.exec(
        fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}", version + 1, kApplicationId));
    transaction.commit();
  }
}

std::string no_results_message(const fs::path& path) {
  return fmt::format("no results yet at {}; run `rnnbench run experiments/quick.toml` first", path.string());
}

}  // namespace rnnbench
