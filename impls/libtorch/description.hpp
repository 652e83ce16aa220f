#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace rnnbench {

/// What LibTorch runs with on `device`, read back from it: versions, threads, instruction set, precision
/// and determinism settings. A JSON object.
std::string describe_libtorch(at::Device device);

}  // namespace rnnbench
