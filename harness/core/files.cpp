#include "harness/core/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// What to do about an error, as the end of a message.
const char* remedy(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "; free some space there and run the same command again";
    case EFBIG:
      return "; let files grow larger (ulimit -f) and run the same command again";
    default:
      return "";
  }
}

[[noreturn]] void fail(std::string_view action, const fs::path& path, int error) {
  throw EnvironmentError(
      fmt::format("{} {}: {}{}", action, path.string(), std::strerror(error), remedy(error)));
}

/// By fsync of a file or folder, or syncfs of all that is on its disk.
void flush_to_disk(const fs::path& path, int (*flush)(int) = ::fsync) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("can't open", path, errno);
  const int result = flush(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (result != 0 && error != EINVAL) fail("can't flush", path, error);
}

}  // namespace

namespace {

/// A folder of the user's (XDG Base Directory Specification): `variable`, else `in_home` in HOME.
std::optional<fs::path> user_folder(const char* variable, const char* in_home) {
  if (const char* xdg = std::getenv(variable); xdg != nullptr && *xdg == '/')
    return fs::path(xdg) / "rnnbench";
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return std::nullopt;
  return fs::path(home) / in_home / "rnnbench";
}

}  // namespace

fs::path cache_folder() {
  if (auto folder = user_folder("XDG_CACHE_HOME", ".cache")) return *folder;
  throw EnvironmentError("neither HOME nor XDG_CACHE_HOME is set; set XDG_CACHE_HOME to a writable folder");
}

std::optional<fs::path> config_folder() { return user_folder("XDG_CONFIG_HOME", ".config"); }

std::string read_file(const fs::path& path) {
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) fail("can't read", path, EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("can't read", path, errno);
  std::string content;
  std::array<char, 65536> block{};
  while (in) {
    in.read(block.data(), block.size());
    content.append(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) fail("can't read", path, errno);
  return content;
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail("can't make folder", folder, error.value());
}

void write_file_atomically(const fs::path& path, const std::function<void(std::ostream&)>& fill,
                           Flush flush) {
  if (path.has_parent_path()) make_folder(path.parent_path());
  const fs::path temporary = fmt::format("{}.{}.part", path.string(), ::getpid());
  try {
    errno = 0;
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    if (!out) fail("can't write", temporary, errno);
    fill(out);
    out.close();
    if (!out) fail("can't write", temporary, errno != 0 ? errno : EIO);
    if (flush == Flush::kAtOnce) flush_to_disk(temporary);
    if (::rename(temporary.c_str(), path.c_str()) != 0) fail("can't write", path, errno);
    if (flush == Flush::kAtOnce)
      flush_to_disk(path.has_parent_path() ? path.parent_path() : fs::path("."));  // the new name too
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
}

void write_file_atomically(const fs::path& path, std::string_view content) {
  write_file_atomically(path, [&](std::ostream& out) {
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
  });
}

void flush_file_system(const fs::path& folder) { flush_to_disk(folder, ::syncfs); }

MappedFile::MappedFile(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("can't read", path, errno);
  struct stat status {};
  void* address = nullptr;
  int error = ::fstat(descriptor, &status) == 0 ? 0 : errno;
  if (error == 0 && S_ISDIR(status.st_mode)) error = EISDIR;
  if (error == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode))) error = ESPIPE;
  if (error == 0 && status.st_size > 0) {
    size_ = static_cast<std::size_t>(status.st_size);
    address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor, 0);
    if (address == MAP_FAILED) error = errno;
  }
  ::close(descriptor);
  if (error == ESPIPE) {  // its size is 0, whatever comes
    throw EnvironmentError(fmt::format("{} is a pipe; write it into a file and give that", path.string()));
  }
  if (error != 0) fail("can't map", path, error);
  data_ = static_cast<const std::byte*>(address);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

std::string file_sha256(const fs::path& path) {
  const MappedFile file(path);
  Sha256 hash;
  hash.update(file.bytes());
  return hash.hex();
}

}  // namespace rnnbench
