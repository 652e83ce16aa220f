#pragma once

#include <ATen/core/Tensor.h>

#include <nlohmann/json_fwd.hpp>

namespace rnnbench {

/// What LibTorch runs with on `device`, read back from it: versions, threads, instruction set, precision
/// and determinism settings.
nlohmann::json describe_libtorch(at::Device device);

}  // namespace rnnbench
