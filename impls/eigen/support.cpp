#include "impls/eigen/support.hpp"

#include <fmt/format.h>

namespace rnnbench {

std::string eigen_obstacle(const ModelSpec& /*model*/, const TrainingSpec& /*training*/, Device device) {
  if (device != Device::kCpu) {
    return fmt::format("the eigen engine runs on the cpu only, not on {}", name_of(device));
  }
  return "";
}

}  // namespace rnnbench
