#pragma once

#include <span>
#include <string_view>

namespace rnnbench {

/// A file of the source tree, or of a library, built into the program.
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

/// table_sort.js: tables that are sorted in the page.
std::span<const EmbeddedFile> report_files();

/// The web page's own files and its chart library.
std::span<const EmbeddedFile> site_files();

}  // namespace rnnbench
