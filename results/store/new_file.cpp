#include "results/store/new_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void refuse(const fs::path& path) {
  throw EnvironmentError(
      fmt::format("{} exists already; give another name or remove it first", path.string()));
}

void flush(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_flushed = descriptor >= 0 && (::fsync(descriptor) == 0 || errno == EINVAL);
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_flushed)
    throw EnvironmentError(fmt::format("can't flush {}: {}", path.string(), std::strerror(error)));
}

}  // namespace

NewFile::NewFile(const fs::path& path)
    : path_(fs::absolute(path)), part_(fmt::format("{}.{}.part", path_.string(), ::getpid())) {
  std::error_code unreadable;
  if (fs::exists(fs::symlink_status(path_, unreadable))) refuse(path_);
  make_folder(path_.parent_path());
  fs::remove(part_, unreadable);  // of a process that had this number and was killed
}

NewFile::~NewFile() {
  std::error_code ignored;
  fs::remove(part_, ignored);
}

void NewFile::publish() {
  flush(part_);
  if (::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno == EEXIST) refuse(path_);
    const bool is_unknown = errno == EINVAL || errno == ENOSYS;
    if (!is_unknown || ::rename(part_.c_str(), path_.c_str()) != 0) {
      throw EnvironmentError(fmt::format("can't write {}: {}", path_.string(), std::strerror(errno)));
    }
  }
  flush(path_.parent_path());
}

}  // namespace rnnbench
