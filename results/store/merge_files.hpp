#pragma once

#include <filesystem>
#include <string>

#include "results/store/merge.hpp"

namespace rnnbench {

/// The folder beside a database that holds the files of its runs: results.db has results.files.
std::filesystem::path files_folder(const std::filesystem::path& database);

/// A file that a row names, in the folder of its database.
struct NamedFile {
  std::string path;  ///< relative, as the row says
  std::string sha256;
};

/// Copies a file of a run beside the target's database, unless it is there; says in `report` when there is
/// none to copy. Returns the path for the target's row. Vocabularies keep their name, which is that of their
/// content; others get that of the run, so that no run of the target writes over them.
std::string merge_file(const std::filesystem::path& source, const std::filesystem::path& target,
                       const std::string& run_uid, const std::string& kind, const NamedFile& file,
                       MergeReport& report);

/// Whether the file at `path` is there with that SHA-256.
bool is_sound(const std::filesystem::path& path, const std::string& sha256);

/// Whether a path of a row stays within the database's folder.
bool stays_within(const std::filesystem::path& relative);

}  // namespace rnnbench
