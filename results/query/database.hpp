#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace SQLite {
class Database;
}

namespace rnnbench {

struct Connection;
class ReadOnlyGuard;

/// A results database opened strictly for reading: the file is opened read-only, and SQLite itself refuses
/// every statement that would write, attach, load or create, whatever its text. The aggregates of
/// aggregates.hpp are known. Writers may be at work at the same time. Used from one thread.
class Database {
 public:
  /// Throws StoreError: no file or an empty one ("no results yet at …"), no results database, damaged,
  /// written by a newer or older rnnbench.
  explicit Database(const std::filesystem::path& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Absolute.
  const std::filesystem::path& path() const;
  /// For typed queries in results/ and plots/.
  SQLite::Database& connection();
  const ReadOnlyGuard& guard() const { return *guard_; }

 private:
  std::unique_ptr<ReadOnlyGuard> guard_;  // outlives the connection that refers to it
  std::unique_ptr<Connection> connection_;
};

}  // namespace rnnbench
