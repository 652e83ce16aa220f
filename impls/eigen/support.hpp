#pragma once

#include <string>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Why the eigen engine can't run this ("the eigen engine runs on the cpu only, not on cuda"), or "" if it
/// can.
std::string eigen_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device);

}  // namespace rnnbench
