#pragma once

#include <string_view>

/// What this binary was built from; written at each build by cmake/BuildInfo.cmake.
namespace rnnbench::build_info {

extern const char* const version;   ///< "0.1.0"
extern const char* const revision;  ///< of the source, 40 hexadecimal digits; "unknown" outside git
extern const bool dirty;            ///< tracked files differed from the revision
/// `git diff HEAD` where it was dirty: its SHA-256, and its text where it is at most 100 kB, else "".
extern const char* const diff_sha256;
extern const std::string_view diff;
extern const char* const compiler;  ///< "GNU 12.2.0"
extern const char* const flags;
extern const char* const type;  ///< "Release", …

}  // namespace rnnbench::build_info
