#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "results/store/new_file.hpp"

namespace rnnbench {

/// A new file that is written piece by piece and appears whole, or not at all. Never replaces one.
class OutputFile {
 public:
  /// Throws EnvironmentError where `path` exists already or can't be made.
  explicit OutputFile(const std::filesystem::path& path);

  /// Each throws EnvironmentError where the disk is full and the like.
  void write(std::string_view text);
  /// Flushes the file to disk and gives it its name.
  void publish();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  NewFile file_;
  std::ofstream out_;
};

}  // namespace rnnbench
