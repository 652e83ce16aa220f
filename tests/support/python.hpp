#pragma once

#include <fmt/format.h>

#include <cstdlib>
#include <string>

namespace rnnbench {

/// The Python that $RNNBENCH_PYTHON names, else python3.
inline std::string python() {
  const char* given = std::getenv("RNNBENCH_PYTHON");
  return given != nullptr && *given != '\0' ? given : "python3";
}

/// Whether it can import these modules ("duckdb, pandas"); else a test skips.
inline bool python_has(const std::string& modules) {
  return std::system(fmt::format("'{}' -c 'import {}' >/dev/null 2>&1", python(), modules).c_str()) == 0;
}

}  // namespace rnnbench
