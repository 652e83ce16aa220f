#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "harness/core/file_reader.hpp"

namespace rnnbench {

/// A CSV file in blocks of whole records, for CsvRecords: however long the file, little of it is in memory.
class CsvBlocks {
 public:
  /// Throws as FileReader.
  explicit CsvBlocks(std::filesystem::path path, std::stop_token stop = {});

  /// The next records, "" at the end; valid until the next call. Throws as FileReader, and DataError for a
  /// record of more than 2000 MB.
  std::string_view next();

 private:
  std::filesystem::path path_;
  FileReader file_;
  std::string buffer_;
  std::size_t whole_ = 0;  ///< bytes of the buffer that were handed out
  std::size_t seen_ = 0;   ///< bytes of the buffer in which quotes and ends of records were looked for
  bool in_quotes_ = false;
};

}  // namespace rnnbench
