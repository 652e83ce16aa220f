#include "harness/core/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "harness/core/error.hpp"

namespace rnnbench {

FileLock::FileLock(const std::filesystem::path& file, Waiting waiting)
    : file_(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644)) {
  int result = -1;
  do {
    result = file_ < 0 ? -1 : ::flock(file_, waiting == Waiting::kNot ? LOCK_EX | LOCK_NB : LOCK_EX);
  } while (result != 0 && file_ >= 0 && errno == EINTR);
  is_held_ = result == 0;
  if (is_held_ || (file_ >= 0 && waiting == Waiting::kNot && errno == EWOULDBLOCK)) return;
  if (file_ >= 0) ::close(file_);
  throw EnvironmentError(fmt::format("can't lock {}; is its folder writable?", file.string()));
}

FileLock::~FileLock() { ::close(file_); }

}  // namespace rnnbench
