#include "results/store/connection.hpp"

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <string>
#include <thread>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "results/store/file_system.hpp"
#include "results/store/schema.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A connection that reads is used by one thread at a time, so it needs no lock around each value.
constexpr int kReading = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;

/// Absolute, so that SQLite sees names like ":memory:" and "file:…" as the files they name.
fs::path checked_path(const fs::path& path) {
  if (path.empty()) throw StoreError("the path of the results database is empty; give a file with --db");
  std::error_code gone;
  const fs::path absolute = fs::absolute(path, gone);
  if (gone)
    throw StoreError(fmt::format("{}: the working folder is gone; change to another one", path.string()));
  std::error_code unreadable;
  if (fs::is_directory(absolute, unreadable)) {
    throw StoreError(fmt::format("{} is a folder; give a file in it with --db, e.g. {}", absolute.string(),
                                 (absolute / "results.db").string()));
  }
  return absolute;
}

void make_parent(const fs::path& path) {
  try {
    make_folder(path.parent_path());
  } catch (const EnvironmentError& error) {
    throw StoreError(fmt::format("{}; give a results database in a writable folder with --db", error.what()));
  }
}

Connection open_with(const std::string& name, const fs::path& path, int flags, milliseconds patience) {
  Connection connection{path, std::make_unique<LockPatience>(patience), SQLite::Database(name, flags)};
  connection.patience->install(connection.database.getHandle());
  return connection;
}

Connection open_and_migrate(const fs::path& path, milliseconds patience) {
  Connection connection =
      open_with(path.string(), path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, patience);
  SQLite::Database& database = connection.database;
  schema_version(database, path);
  if (sqlite3_db_readonly(database.getHandle(), "main") != 0) {
    throw StoreError(fmt::format(
        "{} is read-only; make it writable (chmod u+w) or give another file with --db", path.string()));
  }
  if (database.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
    throw StoreError(fmt::format(
        "{}: the file system there ({}) has no shared memory, which the database's log (WAL) needs; give a "
        "file on a local disk with --db",
        path.string(), file_system_type(path)));
  }
  database.exec("PRAGMA synchronous = FULL");
  migrate(database, path);
  database.exec("PRAGMA foreign_keys = ON");
  return connection;
}

/// A database in WAL mode on a read-only medium opens only as one that nobody changes. That is true there,
/// and complete where no log is left beside it.
std::string immutable_uri(const fs::path& path) {
  std::string uri = "file:";
  for (const char letter : path.string()) {
    uri += letter == '?' || letter == '#' || letter == '%'
               ? fmt::format("%{:02X}", static_cast<unsigned char>(letter))
               : std::string(1, letter);
  }
  return uri + "?immutable=1";
}

bool log_is_empty(const fs::path& path) {
  std::error_code missing;
  const auto bytes = fs::file_size(path.string() + "-wal", missing);
  return missing || bytes == 0;
}

/// A private temporary copy of an older database, brought to the newest schema.
Connection migrated_copy(Connection& older) {
  Connection copy = open_with("", older.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kPatience);
  SQLite::Backup(copy.database, older.database).executeStep();
  migrate(copy.database, older.path);
  return copy;
}

enum class Schema { kNewest, kAsItIs };

Connection open_checked(const std::string& name, const fs::path& path, int flags, milliseconds patience,
                        Schema schema) {
  Connection connection = open_with(name, path, flags, patience);
  const int version = schema_version(connection.database, path);
  if (version == 0) throw StoreError(no_results_message(path));
  const bool is_older = version < static_cast<int>(migrations().size());
  return is_older && schema == Schema::kNewest ? migrated_copy(connection) : std::move(connection);
}

Connection open_read_only(const fs::path& path, milliseconds patience, Schema schema) {
  try {
    return open_checked(path.string(), path, kReading, patience, schema);
  } catch (const SQLite::Exception& error) {
    const bool refused = error.getErrorCode() == SQLITE_CANTOPEN || error.getErrorCode() == SQLITE_READONLY;
    if (!refused || !log_is_empty(path)) throw;
    return open_checked(immutable_uri(path), path, kReading | SQLite::OPEN_URI, patience, schema);
  }
}

/// Repeats `open` while the database is busy: the switch to WAL reports that without waiting.
template <typename Open>
Connection patiently(const fs::path& path, milliseconds patience, Open&& open) {
  const auto deadline = steady_clock::now() + patience;
  return with_store_errors(path, [&] {
    for (;;) {
      try {
        return open();
      } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_BUSY || steady_clock::now() >= deadline) throw;
        std::this_thread::sleep_for(milliseconds(10));
      }
    }
  });
}

fs::path existing_path(const fs::path& path) {
  const fs::path absolute = checked_path(path);
  std::error_code unreadable;
  if (!fs::exists(absolute, unreadable) && !unreadable) throw StoreError(no_results_message(absolute));
  return absolute;
}

Connection open_existing(const fs::path& path, milliseconds patience, Schema schema) {
  const fs::path absolute = existing_path(path);
  return patiently(absolute, patience, [&] { return open_read_only(absolute, patience, schema); });
}

}  // namespace

Connection open_for_writing(const fs::path& path, milliseconds patience) {
  const fs::path absolute = checked_path(path);
  make_parent(absolute);
  return patiently(absolute, patience, [&] { return open_and_migrate(absolute, patience); });
}

Connection open_existing_for_writing(const fs::path& path, milliseconds patience) {
  return open_for_writing(existing_path(path), patience);
}

Connection open_for_reading(const fs::path& path, milliseconds patience) {
  return open_existing(path, patience, Schema::kNewest);
}

Connection open_as_it_is(const fs::path& path, milliseconds patience) {
  return open_existing(path, patience, Schema::kAsItIs);
}

}  // namespace rnnbench
