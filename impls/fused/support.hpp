#pragma once

#include <string>
#include <vector>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Why the fused engine can't run a model, or "".
std::string fused_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device);

/// What EngineSetup::without may name, see impls/fused/shortcuts.hpp.
std::vector<std::string> fused_shortcuts();

}  // namespace rnnbench
