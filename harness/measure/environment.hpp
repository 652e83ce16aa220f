#pragma once

#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// What a run's figures depend on outside its settings: processor, its microcode and frequency policy,
/// memory, container, OS, variables of the environment (see machine_facts.hpp), libc, compiler and flags,
/// source revision and what was changed in it. One JSON object; equal machines and builds give equal text, on
/// whatever processors the process is. Versions of an engine's libraries are in Engine::describe().
Json capture_environment();

/// The processor's vector instruction sets that matter here, the oldest first: "avx2", "fma", "avx512f", ….
std::vector<std::string> instruction_sets();

}  // namespace rnnbench
