#include "harness/core/file_reader.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kPiece = 1 << 20;

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw EnvironmentError(fmt::format("can't read {}: {}", path.string(), std::strerror(error)));
}

}  // namespace

FileReader::FileReader(std::filesystem::path path, std::stop_token stop)
    : path_(std::move(path)), stop_(std::move(stop)) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path_, unknown)) {
    throw EnvironmentError(fmt::format("{} is a folder; give a file", path_.string()));
  }
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(path_, errno);
}

FileReader::~FileReader() { ::close(descriptor_); }

bool FileReader::read_more(std::string& to) {
  const std::size_t before = to.size();
  to.resize(before + kPiece);
  ssize_t count = 0;
  do {
    wait();
    count = ::read(descriptor_, to.data() + before, kPiece);
  } while (count < 0 && (errno == EINTR || errno == EAGAIN));
  if (count < 0) fail(path_, errno);
  to.resize(before + static_cast<std::size_t>(count));
  return count > 0;
}

/// Until there is something to read, or the end.
void FileReader::wait() const {
  constexpr int kMilliseconds = 100;
  pollfd waited{descriptor_, POLLIN, 0};
  do {
    if (stop_.stop_requested()) throw Interrupted();
  } while (::poll(&waited, 1, kMilliseconds) == 0);
}

}  // namespace rnnbench
