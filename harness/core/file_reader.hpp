#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

namespace rnnbench {

/// Reads a file of any kind, a pipe too, from front to back. One that is shortened meanwhile ends there,
/// where a MappedFile would end the process.
class FileReader {
 public:
  /// Throws EnvironmentError for a folder, and what can't be opened.
  explicit FileReader(std::filesystem::path path, std::stop_token stop = {});
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  /// Appends what comes next, 1 MiB at most; false at the end. Waits for a pipe. Throws EnvironmentError, and
  /// Interrupted where it is asked to stop.
  bool read_more(std::string& to);

 private:
  void wait() const;

  std::filesystem::path path_;
  std::stop_token stop_;
  int descriptor_;
};

}  // namespace rnnbench
