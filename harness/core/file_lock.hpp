#pragma once

#include <filesystem>

namespace rnnbench {

/// Held by one process at a time, also among machines where their disk is shared and its file system knows
/// flock(2); given up at the end, however that comes. The file is made and stays.
class FileLock {
 public:
  enum class Waiting { kUntilFree, kNot };

  /// Throws EnvironmentError where the file can't be locked.
  explicit FileLock(const std::filesystem::path& file, Waiting waiting = Waiting::kUntilFree);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  /// False where another process has it and this one didn't wait.
  bool is_held() const { return is_held_; }

 private:
  int file_ = -1;
  bool is_held_ = false;
};

}  // namespace rnnbench
