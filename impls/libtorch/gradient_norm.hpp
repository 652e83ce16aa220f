#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace rnnbench {

/// The global L2 norm of `gradients`, a scalar on their device.
at::Tensor global_norm(const std::vector<at::Tensor>& gradients);

/// Multiplies `gradients` in place by min(1, limit / (norm + 1e-6)), where `norm` is their global norm:
/// torch::nn::utils::clip_grad_norm_, which would make the host wait for the device.
void clip_to_norm(const std::vector<at::Tensor>& gradients, const at::Tensor& norm, double limit);

}  // namespace rnnbench
