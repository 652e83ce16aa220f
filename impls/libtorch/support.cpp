#include "impls/libtorch/support.hpp"

#include <filesystem>

namespace rnnbench {
namespace {

std::string optimizer_obstacle(const OptimizerSpec& optimizer) {
  if (optimizer.kind == OptimizerKind::kAdamW && optimizer.l2 > 0) {
    return "l2 with adamw: the libtorch engine's adamw has decay only";
  }
  if (optimizer.kind != OptimizerKind::kAdamW && optimizer.decay > 0) {
    return "decay: only adamw has it; the libtorch engine's other optimizers have l2";
  }
  return "";
}

std::string library_obstacle(Device device) {
  if (device != Device::kCuda) return "";
  const std::filesystem::path library = std::filesystem::path(RNNBENCH_LIBTORCH_FOLDER) / "libtorch_cuda.so";
  if (std::filesystem::exists(library)) return "";
  return "this LibTorch is for the CPU only: " + library.string() +
         " is missing; build against a LibTorch with CUDA";
}

}  // namespace

std::string libtorch_obstacle(const ModelSpec& /*model*/, const TrainingSpec& training, Device device) {
  if (std::string obstacle = optimizer_obstacle(training.optimizer); !obstacle.empty()) return obstacle;
  return library_obstacle(device);
}

}  // namespace rnnbench
