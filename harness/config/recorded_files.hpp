#pragma once

#include <map>
#include <string>

namespace rnnbench {

/// Texts of files by name.
using FileTexts = std::map<std::string, std::string>;

/// The files as comments of a TOML document, to put below another file's text.
std::string as_comments(const FileTexts& files);

/// The files that as_comments() put into `text`, each as it was but for its last line end.
FileTexts files_in_comments(const std::string& text);

}  // namespace rnnbench
