#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace rnnbench {

/// A file's content, decompressed block by block: gzip, xz, bzip2, zstd, or plain. Unlike libarchive's
/// gzip filter it checks what the format stores to be checked (RFC 1952 CRC-32 and size; the xz checks),
/// so that a flipped bit never passes once the end was reached.
class DecompressedFile {
 public:
  /// Throws DataError where the file can't be opened or is empty. `remedy` ends the message about a damaged
  /// one: how to get it again.
  DecompressedFile(const std::filesystem::path& path, std::string_view remedy);
  ~DecompressedFile();
  DecompressedFile(const DecompressedFile&) = delete;
  DecompressedFile& operator=(const DecompressedFile&) = delete;

  /// The next bytes, valid until the next call; empty at the end. Throws DataError where the file is
  /// truncated or damaged.
  std::span<const std::byte> next();

  class Source;

 private:
  std::unique_ptr<Source> source_;
};

}  // namespace rnnbench
