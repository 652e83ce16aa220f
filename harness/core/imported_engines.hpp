#pragma once

#include <string_view>

#include "harness/core/records.hpp"

namespace rnnbench {

/// TrialRecord::engine of what hyperfine timed.
inline constexpr const char* kHyperfineEngine = "hyperfine";

/// Whether `rnnbench import` recorded runs of this engine: nothing here can run them again.
inline bool is_imported_engine(std::string_view engine) {
  return engine == kImportedEngine || engine == kHyperfineEngine;
}

}  // namespace rnnbench
