#pragma once

/// What this binary was built from; written at each build by cmake/BuildInfo.cmake.
namespace rnnbench::build_info {

extern const char* const version;   ///< "0.1.0"
extern const char* const revision;  ///< of the source, 40 hexadecimal digits; "unknown" outside git
extern const bool dirty;            ///< tracked files differed from the revision
extern const char* const compiler;  ///< "GNU 12.2.0"
extern const char* const flags;
extern const char* const type;  ///< "Release", …

}  // namespace rnnbench::build_info
