#pragma once

#include <string>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// What a run's figures depend on outside its settings: processor, memory, OS, compiler and flags,
/// library versions, source revision and whether it was dirty. One JSON object; equal machines and
/// builds give equal text (nothing in it changes from call to call).
Json capture_environment();

/// Why CUDA can't be used here ("no NVIDIA driver: …", "no GPU found"), or "" where it can. Asks the
/// driver, not LibTorch, so that plans stay light.
std::string cuda_obstacle();

}  // namespace rnnbench
