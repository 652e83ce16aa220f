#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace rnnbench {

/// The user's cache folder for this program: $XDG_CACHE_HOME/rnnbench or ~/.cache/rnnbench. Throws
/// EnvironmentError where neither that nor HOME is set.
std::filesystem::path cache_folder();

/// That of the user's settings for it: $XDG_CONFIG_HOME/rnnbench or ~/.config/rnnbench; nothing where neither
/// that nor HOME is set.
std::optional<std::filesystem::path> config_folder();

/// The whole file. Throws EnvironmentError with the path and the reason.
std::string read_file(const std::filesystem::path& path);

/// Creates `folder` and its parents. Throws EnvironmentError with the path and the reason.
void make_folder(const std::filesystem::path& folder);

enum class Flush {
  kAtOnce,
  kLater,  ///< by flush_file_system(): until then a power cut may leave an empty file, a kill doesn't
};

/// Writes a file that is complete or absent: `fill` writes to a temporary beside it, which is flushed
/// to disk and renamed over `path`. Makes the parent folder. On any failure (disk full included) the
/// temporary is removed, an old file stays as it was, and EnvironmentError says why.
void write_file_atomically(const std::filesystem::path& path, const std::function<void(std::ostream&)>& fill,
                           Flush flush = Flush::kAtOnce);
void write_file_atomically(const std::filesystem::path& path, std::string_view content);
/// Flushes all that was written to the disk that `folder` is on. Throws EnvironmentError.
void flush_file_system(const std::filesystem::path& folder);

/// A file mapped read-only into memory; unmapped at the end. Throws EnvironmentError, for folders and pipes
/// too. Only for files that nobody shortens meanwhile: to read a byte that is gone ends the process (see
/// FileReader).
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. Throws EnvironmentError.
std::string file_sha256(const std::filesystem::path& path);

}  // namespace rnnbench
