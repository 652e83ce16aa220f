#include "results/store/merge_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/plain_name.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// A name from a database as that of a file.
std::string file_name(const std::string& text) { return plain_name(text, 100); }

}  // namespace

fs::path files_folder(const fs::path& database) {
  return database.parent_path() / (database.stem().string() + ".files");
}

bool stays_within(const fs::path& relative) {
  return !relative.empty() && relative.is_relative() &&
         std::find(relative.begin(), relative.end(), fs::path("..")) == relative.end();
}

bool is_sound(const fs::path& path, const std::string& sha256) {
  std::error_code unreadable;
  if (!fs::is_regular_file(path, unreadable)) return false;
  try {
    return file_sha256(path) == sha256;
  } catch (const EnvironmentError&) {
    return false;
  }
}

std::string merge_file(const fs::path& source, const fs::path& target, const std::string& run_uid,
                       const std::string& kind, const NamedFile& file, MergeReport& report) {
  const fs::path there = source.parent_path() / file.path;
  const fs::path name = kind == "vocabulary"
                            ? fs::path(file_name(there.stem().string()) + ".json")
                            : fs::path(file_name(run_uid) + "-" + file_name(kind) + "." +
                                       file_name(fs::path(file.path).extension().string()).erase(0, 1));
  fs::path relative = files_folder(target).filename() / name;
  fs::path here = target.parent_path() / relative;
  std::error_code unreadable;
  if (fs::exists(here, unreadable) && !is_sound(here, file.sha256)) {  // it may be that of another run
    relative.replace_filename(fmt::format("{}-{}{}", name.stem().string(),
                                          file_name(file.sha256.substr(0, 8)), name.extension().string()));
    here = target.parent_path() / relative;
  }
  if (is_sound(here, file.sha256)) return relative.string();
  if (!stays_within(file.path) || !is_sound(there, file.sha256)) {
    report.missing_files.push_back(there.string());
    return relative.string();
  }
  write_file_atomically(here, read_file(there));
  ++report.files;
  return relative.string();
}

}  // namespace rnnbench
