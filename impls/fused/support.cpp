#include "impls/fused/support.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rnnbench {

std::string fused_obstacle(const ModelSpec& model, const TrainingSpec& /*training*/, Device device) {
  if (device != Device::kCpu) {
    return fmt::format("the fused engine runs on the cpu only, not on {}", name_of(device));
  }
  const bool resets_before = std::ranges::any_of(
      model.layers, [](const LayerSpec& layer) { return layer.cell == Cell::kGru && !layer.reset_after; });
  if (resets_before) {
    return "the fused engine has no gru whose reset gate acts before the product; reset_after = true, or the "
           "eigen engine";
  }
  return "";
}

}  // namespace rnnbench
