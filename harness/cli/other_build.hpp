#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

namespace rnnbench {

/// Another build of this program, to be compared with.
struct OtherBuild {
  std::string label;  ///< the revision's first digits, or the path as it was given
  std::filesystem::path program;
};

/// What `--against` names: a program, a folder with one (bin/rnnbench, or a checkout's build/release), or a
/// revision of this program's source, which is built in the cache folder once (minutes; its output goes to
/// stderr). Throws ConfigError where it is none of them, EnvironmentError where it can't be built,
/// Interrupted.
OtherBuild other_build(const std::string& text, const std::stop_token& stop);

}  // namespace rnnbench
