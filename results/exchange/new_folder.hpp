#pragma once

#include <filesystem>

namespace rnnbench {

/// A folder that is filled under another name beside it and appears whole, or not at all. Never replaces one,
/// unless that is empty. A link to an empty folder stays one: the folder is filled.
class NewFolder {
 public:
  /// Throws EnvironmentError where something is at `path` already.
  explicit NewFolder(const std::filesystem::path& path);
  /// Removes what was made, unless it was published.
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  /// Write here.
  const std::filesystem::path& part() const { return part_; }
  /// Gives it its name. Throws EnvironmentError.
  void publish();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
};

}  // namespace rnnbench
