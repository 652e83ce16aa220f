#pragma once

#include <SQLiteCpp/Database.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "results/store/lock_patience.hpp"

namespace rnnbench {

/// An open results database, for the folders under results/ only. Used from one thread.
struct Connection {
  std::filesystem::path path;              ///< absolute
  std::unique_ptr<LockPatience> patience;  ///< outlives the database
  SQLite::Database database;
};

/// How long a connection waits for another process's lock.
inline constexpr std::chrono::milliseconds kPatience{30'000};

/// Opens a database for writing: creates the file and its folder where missing, brings an older schema to
/// this one. WAL with synchronous=FULL: a committed transaction survives a killed process and, on a disk
/// that keeps its promises, a power loss. Throws StoreError (no database, another program's, damaged,
/// newer, unwritable, locked for longer than `patience`, on a file
/// system without the shared memory that WAL needs) and then leaves the file as it was.
Connection open_for_writing(const std::filesystem::path& path,
                            std::chrono::milliseconds patience = kPatience);

/// The same for a database that must be there.
Connection open_existing_for_writing(const std::filesystem::path& path,
                                     std::chrono::milliseconds patience = kPatience);

/// Opens an existing database strictly for reading, on read-only media too; of an older schema a temporary
/// copy that was brought to this one. Throws StoreError.
Connection open_for_reading(const std::filesystem::path& path,
                            std::chrono::milliseconds patience = kPatience);

/// The same, but of any known schema as it is: to check, save or back up the file. Throws StoreError.
Connection open_as_it_is(const std::filesystem::path& path, std::chrono::milliseconds patience = kPatience);

}  // namespace rnnbench
