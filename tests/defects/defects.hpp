#pragma once

#include <cstdlib>
#include <string_view>

namespace rnnbench {

/// Whether the defect `kind` was asked for in $RNNBENCH_DEFECT when the program first called this.
inline bool is_broken(std::string_view kind) {
  static const char* const asked = std::getenv("RNNBENCH_DEFECT");
  return asked != nullptr && kind == asked;
}

}  // namespace rnnbench
