#include "results/exchange/output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "harness/core/error.hpp"

namespace rnnbench {

OutputFile::OutputFile(const std::filesystem::path& path) : path_(path), file_(path) {
  errno = 0;
  out_.open(file_.part(), std::ios::binary | std::ios::trunc);
  if (!out_) fail();
}

void OutputFile::write(std::string_view text) {
  errno = 0;
  if (!out_.write(text.data(), static_cast<std::streamsize>(text.size()))) fail();
}

void OutputFile::publish() {
  errno = 0;
  out_.close();
  if (!out_) fail();
  file_.publish();
}

void OutputFile::fail() const {
  throw EnvironmentError(
      fmt::format("can't write {}: {}", path_.string(), std::strerror(errno != 0 ? errno : EIO)));
}

}  // namespace rnnbench
