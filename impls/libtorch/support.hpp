#pragma once

#include <string>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Why the libtorch engine can't run this, with the setting to change ("decay: only adamw has it"), or ""
/// if it can: it runs every model. For CUDA it looks whether LibTorch's CUDA library lies beside the
/// CPU one; whether there is a GPU is cuda_obstacle()'s to say. Loads nothing of LibTorch.
std::string libtorch_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device);

}  // namespace rnnbench
