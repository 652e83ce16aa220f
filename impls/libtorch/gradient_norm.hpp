#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace rnnbench {

/// The global L2 norm of `gradients`, a scalar on their device.
at::Tensor global_norm(const std::vector<at::Tensor>& gradients);

/// Scales `gradients` in place so that their global norm, now `norm`, is at most `limit`. Unlike
/// torch::nn::utils::clip_grad_norm_ it doesn't wait for the device, nor add 1e-6 to the norm.
void clip_to_norm(const std::vector<at::Tensor>& gradients, const at::Tensor& norm, double limit);

}  // namespace rnnbench
