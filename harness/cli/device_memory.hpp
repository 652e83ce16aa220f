#pragma once

#include <string>

#include "harness/measure/cuda_driver.hpp"
#include "harness/runner/trial_spec.hpp"

namespace rnnbench {

/// Why `trial` can't be trained in the memory of its device, see memory_obstacle(); "" where it may. On the
/// CPU that is `host_limit` bytes, on CUDA all memory of the driver's first GPU, the one that runs use; where
/// that isn't known, nothing is in the way.
std::string device_memory_obstacle(const TrialSpec& trial, double host_limit, const CudaDriver& driver);

}  // namespace rnnbench
