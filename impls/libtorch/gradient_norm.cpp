#include "impls/libtorch/gradient_norm.hpp"

#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>

namespace rnnbench {

at::Tensor global_norm(const std::vector<at::Tensor>& gradients) {
  return at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2)), 2);
}

void clip_to_norm(const std::vector<at::Tensor>& gradients, const at::Tensor& norm, double limit) {
  at::_foreach_mul_(gradients, norm.add(1e-6).reciprocal().mul(limit).clamp_max(1));
}

}  // namespace rnnbench
