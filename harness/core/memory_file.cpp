#include "harness/core/memory_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw EnvironmentError(fmt::format("no memory for the {}: {}", what, std::strerror(errno)));
}

}  // namespace

MemoryFile::MemoryFile(std::string what)
    : what_(std::move(what)), descriptor_(::memfd_create(what_.c_str(), MFD_CLOEXEC)) {
  if (descriptor_ < 0) refuse(what_);
}

MemoryFile::~MemoryFile() { ::close(descriptor_); }

void MemoryFile::add(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) refuse(what_);
    if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

std::filesystem::path MemoryFile::path() const {
  return fmt::format("/proc/{}/fd/{}", ::getpid(), descriptor_);
}

}  // namespace rnnbench
