#pragma once

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>

#include "harness/core/files.hpp"
#include "results/store/schema.hpp"

namespace rnnbench {

inline constexpr int kPastSchemas = 5;

/// Makes a database as a program of `schema` left it, with the rows of past_schemas/ up to it.
inline void make_past_database(const std::filesystem::path& path, int schema) {
  const std::filesystem::path folder = RNNBENCH_SOURCE_DIR "/tests/results/store/past_schemas";
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.execAndGet("PRAGMA journal_mode = WAL");
  for (int part = 1; part <= schema; ++part) {
    migrate(database, path, part);
    database.exec(read_file(folder / fmt::format("schema_{}.sql", part)));
  }
}

}  // namespace rnnbench
