#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "harness/data/decompressed_file.hpp"

namespace rnnbench {

/// A file's content, decompressed, in pieces as its reader wants them. Views are valid until the next call.
/// Holds one piece and one block in memory. Throws DataError where the file is missing or damaged,
/// with `remedy` in it.
class ByteStream {
 public:
  ByteStream(const std::filesystem::path& path, std::string_view remedy) : file_(path, remedy) {}

  /// The bytes before the next `end`, which is passed over; without one, what is left of the file, or of the
  /// next `most` bytes.
  std::string_view until(char end, std::size_t most);
  /// The next `count` bytes; fewer at the end of the file.
  std::string_view take(std::size_t count);
  /// The same, not passed over.
  std::string_view peek(std::size_t count);
  bool at_end() { return peek(1).empty(); }

 private:
  bool refill();

  DecompressedFile file_;
  std::string buffer_;
  std::size_t at_ = 0;  ///< in the buffer
};

}  // namespace rnnbench
