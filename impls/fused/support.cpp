#include "impls/fused/support.hpp"

#include <fmt/format.h>

namespace rnnbench {

std::string fused_obstacle(const ModelSpec& /*model*/, const TrainingSpec& /*training*/, Device device) {
  if (device == Device::kCpu) return "";
  return fmt::format("the fused engine runs on the cpu only, not on {}", name_of(device));
}

}  // namespace rnnbench
