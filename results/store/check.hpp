#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rnnbench {

struct Problem {
  std::string place;  ///< a table or a run
  std::string what;
};

/// One thing that was checked.
struct CheckResult {
  std::string name;      ///< pages, references, running rows, files, copies of metrics
  std::string examined;  ///< "12 tables", "3 rows: 2 of live processes"
  std::vector<Problem> problems;
  std::string remedy;  ///< of the problems
};

struct CheckReport {
  std::vector<CheckResult> results;
  bool is_damaged = false;  ///< pages or references: SQLite itself objects
  bool is_sound() const;
};

/// Reads the whole database and the files that it names, and changes nothing. Throws StoreError where it
/// can't be opened (no database, its first page damaged).
CheckReport check_database(const std::filesystem::path& path);

/// Reads the whole database alone, not the files that it names. Throws DamagedError where it is damaged,
/// StoreError where it can't be read or is of a newer version.
void require_undamaged(const std::filesystem::path& path);

/// What repair_database put right.
struct Repairs {
  int stale_runs = 0;  ///< marked interrupted
  int copies = 0;      ///< runs whose copies of metrics were made again
};

/// Marks `running` rows of dead processes interrupted and makes the copies of metrics again. For a database
/// whose pages are sound. Throws StoreError.
Repairs repair_database(const std::filesystem::path& path);

}  // namespace rnnbench
