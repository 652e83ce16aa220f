#pragma once

#include <filesystem>

namespace rnnbench {

/// A new folder that only this user can read, in $TMPDIR or /tmp; removed at the end with what is in it.
class ScratchFolder {
 public:
  /// Throws EnvironmentError.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace rnnbench
