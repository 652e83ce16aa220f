#pragma once

#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// What a run's figures depend on outside its settings: processor, memory, OS, compiler and flags,
/// library versions, source revision and whether it was dirty. One JSON object; equal machines and
/// builds give equal text (nothing in it changes from call to call).
Json capture_environment();

/// The processor's vector instruction sets that matter here, the oldest first: "avx2", "fma", "avx512f", ….
std::vector<std::string> instruction_sets();

}  // namespace rnnbench
