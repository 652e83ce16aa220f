#pragma once

#include <string>

#include "harness/config/setting_path.hpp"

namespace rnnbench {

/// Reads the KEY=VALUE of `--set`: a dotted path, and a TOML value, or a text where VALUE is no TOML (so
/// that `--set engine=eigen` needs no quotes). The origin is "--set KEY". Throws ConfigError.
Assignment parse_override(const std::string& text);

}  // namespace rnnbench
