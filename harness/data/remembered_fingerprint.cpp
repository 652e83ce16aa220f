#include "harness/data/remembered_fingerprint.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTag = "rnnbench fingerprint 1";
constexpr std::size_t kHexDigits = 64;

/// What a sound cache file of `key` begins with; the fingerprint follows, then a newline.
std::string head_of(const std::string& key) { return fmt::format("{}\n{}\n", kTag, key); }

std::string remembered(const fs::path& file, const std::string& key) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return "";
  const std::string content = read_file(file);
  const std::string head = head_of(key);
  if (content.size() != head.size() + kHexDigits + 1 || !content.starts_with(head) ||
      content.back() != '\n') {
    return "";
  }
  const std::string fingerprint = content.substr(head.size(), kHexDigits);
  const bool sound = fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
  return sound ? fingerprint : "";
}

/// A cache that can't be read or written costs time, nothing else.
template <typename Action>
void try_cache(Action&& action) {
  try {
    action();
  } catch (const EnvironmentError&) {
  }
}

std::string sha256_of(const fs::path& path, const std::stop_token& stop) {
  constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;
  std::ifstream file(path, std::ios::binary);
  std::vector<char> block(kBlockBytes);
  Sha256 hash;
  while (file.read(block.data(), kBlockBytes), file.gcount() > 0) {
    if (stop.stop_requested()) throw Interrupted();
    hash.update(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
  }
  if (!file.eof()) throw DataError(path.string() + ": can't be read; check its permissions");
  return hash.hex();
}

}  // namespace

FileStamp stamp_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    throw DataError(fmt::format("{}: {}; check the path", path.string(), std::strerror(errno)));
  }
  return {status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

std::string remembered_fingerprint(const fs::path& path, const std::function<std::string()>& key,
                                   const std::function<std::string()>& compute) {
  const std::string key_before = key();
  std::string fingerprint;
  fs::path file;
  try_cache([&] {
    file = cache_folder() / "fingerprints" / sha256_hex(fs::weakly_canonical(path).string());
    fingerprint = remembered(file, key_before);
  });
  if (!fingerprint.empty()) return fingerprint;

  fingerprint = compute();
  if (!file.empty() && key() == key_before) {
    try_cache([&] { write_file_atomically(file, head_of(key_before) + fingerprint + "\n"); });
  }
  return fingerprint;
}

std::string file_fingerprint(const fs::path& path, const std::stop_token& stop) {
  const auto key = [&] {
    const FileStamp stamp = stamp_of(path);
    return fmt::format("bytes of {}\n{}\n{}", fs::weakly_canonical(path).string(), stamp.size,
                       stamp.changed_ns);
  };
  return remembered_fingerprint(path, key, [&] { return sha256_of(path, stop); });
}

}  // namespace rnnbench
