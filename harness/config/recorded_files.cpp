#include "harness/config/recorded_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>

namespace rnnbench {
namespace {

constexpr std::string_view kFile = "#: ";
constexpr std::string_view kLine = "#|";  // a blank follows, unless an editor took it off an empty line

}  // namespace

std::string as_comments(const FileTexts& files) {
  std::string comments;
  for (const auto& [name, text] : files) {
    comments += fmt::format("\n# This file was extended; it is read from here:\n{}{}\n", kFile, name);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) comments += fmt::format("{} {}\n", kLine, line);
  }
  return comments;
}

FileTexts files_in_comments(const std::string& text) {
  FileTexts files;
  std::string* file = nullptr;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kFile)) {
      file = &files[line.substr(kFile.size())];
    } else if (file != nullptr && line.starts_with(kLine)) {
      *file += line.substr(std::min(line.size(), kLine.size() + 1)) + "\n";
    } else {
      file = nullptr;
    }
  }
  return files;
}

}  // namespace rnnbench
