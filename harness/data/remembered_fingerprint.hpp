#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace rnnbench {

/// A fingerprint of what lies at `path` (64 hexadecimal digits), remembered in the cache folder. `key` says
/// what must be unchanged for a remembered one to hold; where it changed, or the cache can't be used,
/// `compute` is asked.
std::string remembered_fingerprint(const std::filesystem::path& path, const std::function<std::string()>& key,
                                   const std::function<std::string()>& compute);

/// Size and time of change of a file. Throws DataError where there is none.
struct FileStamp {
  std::int64_t size = 0;
  std::int64_t changed_ns = 0;
};
FileStamp stamp_of(const std::filesystem::path& path);

/// SHA-256 of a file's bytes, remembered by path, size and time of change. Throws DataError,
/// EnvironmentError, Interrupted.
std::string file_fingerprint(const std::filesystem::path& path, const std::stop_token& stop);

}  // namespace rnnbench
