#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace rnnbench {

/// A file's content, decompressed block by block: gzip, xz, bzip2, zstd, or plain. Unlike libarchive's
/// gzip filter it checks what the format stores to be checked (RFC 1952 CRC-32 and size; the xz checks),
/// so that a flipped bit never passes once the end was reached.
class DecompressedFile {
 public:
  /// Throws DataError where the file can't be opened or is empty.
  explicit DecompressedFile(const std::filesystem::path& path);
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
