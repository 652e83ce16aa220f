#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace rnnbench {

/// A file in memory that other processes of this user can open by its path. Gone with this object, or with
/// this process, however that ends.
class MemoryFile {
 public:
  /// `what` it holds, for messages. Throws EnvironmentError.
  explicit MemoryFile(std::string what);
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Appends bytes. Throws EnvironmentError where there is no memory for them.
  void add(std::span<const std::byte> bytes);
  std::filesystem::path path() const;

 private:
  std::string what_;
  int descriptor_;
};

}  // namespace rnnbench
