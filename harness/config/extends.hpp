#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// An experiment file on top of those that it extends.
struct ExtendedFile {
  /// The nearer file wins: tables key by key, lists whole, each axis whole (an axis over a fixed setting of a
  /// base, a fixed setting over an axis of a base). `schema`, `name`, `question` and `note` are the file's
  /// own.
  SettingsTree tree;
  /// The file's text; the bases' as comments below it, in which read_extended() finds them again.
  std::string text;
  std::vector<std::filesystem::path> folders;  ///< of the file, then of its bases
};

/// Reads `text` with the bases that its `extends` names, relative to the file at `path`. A base that stands
/// in the text's comments is taken from there, so that a text that was recorded needs no other file. Throws
/// ConfigError for malformed TOML, a base that isn't there, bases that go in a circle, another schema, and a
/// setting that is an axis and fixed in one file.
ExtendedFile read_extended(const std::string& text, const std::filesystem::path& path);

}  // namespace rnnbench
