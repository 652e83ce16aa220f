#include "harness/cli/device_memory.hpp"

#include <fmt/format.h>

#include "harness/runner/memory_obstacle.hpp"

namespace rnnbench {

std::string device_memory_obstacle(const TrialSpec& trial, double host_limit, const CudaDriver& driver) {
  if (trial.device == Device::kCpu) return memory_obstacle(trial, host_limit);
  if (driver.gpus.empty() || driver.gpus.front().memory_gib == 0) return "";
  constexpr double kGib = 1 << 30;
  const Gpu& gpu = driver.gpus.front();
  return memory_obstacle(trial, gpu.memory_gib * kGib, fmt::format("the GPU ({})", gpu.name));
}

}  // namespace rnnbench
