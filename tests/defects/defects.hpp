#pragma once

#include <cstdlib>
#include <string_view>

namespace rnnbench {

/// Whether the defect `kind` was asked for in $RNNBENCH_DEFECT.
inline bool is_broken(std::string_view kind) {
  const char* asked = std::getenv("RNNBENCH_DEFECT");
  return asked != nullptr && kind == asked;
}

}  // namespace rnnbench
