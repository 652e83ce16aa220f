#pragma once

#include <string>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Why the fused engine can't run a model, or "".
std::string fused_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device);

}  // namespace rnnbench
