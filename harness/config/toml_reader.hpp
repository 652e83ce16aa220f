#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// A TOML document as JSON, with where each of its settings was written.
struct SettingsTree {
  Json values = Json::object();
  /// "file:line" of every dotted path, elements of arrays included ("model.layers.0.cell"); "" is the file.
  Origins origins;
  /// The same paths in the order of the file. JSON sorts its keys; this is for what depends on the order.
  std::vector<std::string> written;
};

/// Reads TOML 1.0. Throws ConfigError ("file:line:column: what; remedy") where it is malformed, and for
/// dates, infinities and NaN, which no setting has.
SettingsTree parse_toml(std::string_view text, const std::string& file_name);

/// The same of a file. Throws EnvironmentError where it can't be read.
SettingsTree read_toml(const std::filesystem::path& path);

}  // namespace rnnbench
