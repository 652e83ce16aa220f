#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/folder_reader.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTag = "rnnbench fingerprint 1";
constexpr std::size_t kHexDigits = 64;

struct Stamp {
  std::int64_t size = 0;
  std::int64_t changed_ns = 0;
};

Stamp stamp_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    throw DataError(fmt::format("{}: {}; check the path", path.string(), std::strerror(errno)));
  }
  return {status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

/// Of a folder: its number of entries and the newest change of its parts.
Stamp stamp_of_folder(const fs::path& folder) {
  Stamp all;
  for (const char* part : kOfficialFolders) {
    std::error_code error;
    all.changed_ns = std::max(all.changed_ns, stamp_of(folder / part).changed_ns);
    for (fs::directory_iterator entries(folder / part, error); !error && entries != fs::directory_iterator();
         entries.increment(error)) {
      ++all.size;
    }
  }
  return all;
}

/// What must be unchanged for a remembered fingerprint to hold.
std::string key_of(const fs::path& path) {
  const Stamp stamp = fs::is_directory(path) ? stamp_of_folder(path) : stamp_of(path);
  return fmt::format("{}\n{}\n{}", fs::weakly_canonical(path).string(), stamp.size, stamp.changed_ns);
}

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

}  // namespace

std::string data_fingerprint(const DataLocation& location, const std::stop_token& stop) {
  if (location.path.empty()) return data_facts(read_reviews(location, stop)).fingerprint;
  const std::string key = key_of(location.path);
  std::string fingerprint;
  fs::path file;
  try_cache([&] {
    file = cache_folder() / "fingerprints" / sha256_hex(fs::weakly_canonical(location.path).string());
    fingerprint = remembered(file, key);
  });
  if (!fingerprint.empty()) return fingerprint;

  fingerprint = data_facts(read_reviews(location, stop)).fingerprint;
  if (!file.empty() && key_of(location.path) == key) {
    try_cache([&] { write_file_atomically(file, head_of(key) + fingerprint + "\n"); });
  }
  return fingerprint;
}

}  // namespace rnnbench
