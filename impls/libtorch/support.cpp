#include "impls/libtorch/support.hpp"

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

}  // namespace

std::string libtorch_obstacle(const ModelSpec& /*model*/, const TrainingSpec& training, Device /*device*/) {
  return optimizer_obstacle(training.optimizer);
}

std::filesystem::path libtorch_folder() { return RNNBENCH_LIBTORCH_FOLDER; }

}  // namespace rnnbench
