#include "results/exchange/new_folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// "tables/" names the folder that "tables" does; a link to a folder names that one, since rename() wouldn't
/// follow it.
fs::path real_name(const fs::path& path) {
  const fs::path absolute = fs::absolute(path).lexically_normal();
  const fs::path name = absolute.has_filename() ? absolute : absolute.parent_path();
  std::error_code unreadable;
  const bool is_link = fs::is_symlink(name, unreadable) && fs::is_directory(name, unreadable);
  const fs::path real = is_link ? fs::canonical(name, unreadable) : name;
  return unreadable ? name : real;
}

}  // namespace

NewFolder::NewFolder(const fs::path& path)
    : path_(real_name(path)), part_(fmt::format("{}.{}.part", path_.string(), ::getpid())) {
  std::error_code unreadable;
  const bool is_empty = fs::is_directory(path_, unreadable) && fs::is_empty(path_, unreadable) && !unreadable;
  if (fs::exists(fs::symlink_status(path_, unreadable)) && !is_empty) {
    throw EnvironmentError(
        fmt::format("{} exists already; give another name or remove it first", path_.string()));
  }
  fs::remove_all(part_, unreadable);  // of a process that had this number and was killed
  make_folder(part_);
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void NewFolder::publish() {
  if (::rename(part_.c_str(), path_.c_str()) != 0) {
    throw EnvironmentError(fmt::format("can't write {}: {}", path_.string(), std::strerror(errno)));
  }
}

}  // namespace rnnbench
