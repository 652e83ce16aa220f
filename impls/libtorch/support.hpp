#pragma once

#include <filesystem>
#include <string>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Why the libtorch engine can't run this, with the setting to change ("decay: only adamw has it"), or ""
/// if it can: it runs every model, on any device that is there.
std::string libtorch_obstacle(const ModelSpec& model, const TrainingSpec& training, Device device);

/// The folder of the libtorch_cpu.so that the engine was built against, where it also looks for CUDA's part.
std::filesystem::path libtorch_folder();

}  // namespace rnnbench
