#include "harness/data/part_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {

PartFile::PartFile(const std::filesystem::path& target) : target_(target), path_(target.string() + ".part") {
  if (target.has_parent_path()) make_folder(target.parent_path());
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail("can't write");
  struct stat status {};
  const bool locked = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  if (!locked || ::fstat(descriptor_, &status) != 0) {
    const int error = errno;
    ::close(descriptor_);
    if (!locked && error == EWOULDBLOCK) {
      throw EnvironmentError(
          fmt::format("{}: another process is fetching it; wait until that is done", path_.string()));
    }
    errno = error;
    fail("can't lock");
  }
  size_ = status.st_size;
}

PartFile::~PartFile() {
  if (size_ == 0) ::unlink(path_.c_str());
  ::close(descriptor_);
}

void PartFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), size_);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("can't write");
    size_ += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void PartFile::clear() {
  if (::ftruncate(descriptor_, 0) != 0) fail("can't empty");
  size_ = 0;
}

std::string PartFile::sha256(const std::stop_token& stop) const {
  Sha256 hash;
  std::vector<std::byte> block(std::size_t{1} << 20U);
  for (std::int64_t at = 0; at < size_;) {
    if (stop.stop_requested()) throw Interrupted();
    const ssize_t count = ::pread(descriptor_, block.data(), block.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail("can't read");
    hash.update(std::span(block).first(static_cast<std::size_t>(count)));
    at += count;
  }
  return hash.hex();
}

void PartFile::publish() {
  if (::fsync(descriptor_) != 0) fail("can't flush");
  if (::rename(path_.c_str(), target_.c_str()) != 0) fail("can't rename");
}

void PartFile::remove() {
  if (::unlink(path_.c_str()) != 0) fail("can't remove");
}

void PartFile::fail(std::string_view action) const {
  throw EnvironmentError(fmt::format("{} {}: {}; check the folder's permissions and free space", action,
                                     path_.string(), std::strerror(errno)));
}

}  // namespace rnnbench
