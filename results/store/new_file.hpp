#pragma once

#include <filesystem>

namespace rnnbench {

/// A file that is made under another name beside it and appears whole, or not at all. Never replaces one.
class NewFile {
 public:
  /// Throws EnvironmentError where `path` exists already. Makes its folder.
  explicit NewFile(const std::filesystem::path& path);
  /// Removes what was made, unless it was published.
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Write here.
  const std::filesystem::path& part() const { return part_; }
  /// Flushes the file to disk and gives it its name. Throws EnvironmentError.
  void publish();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
};

}  // namespace rnnbench
