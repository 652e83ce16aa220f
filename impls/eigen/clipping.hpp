#pragma once

namespace rnnbench::eigen {

/// What gradients are multiplied by so that their global L2 norm is at most `most`: min(1, most / (norm +
/// 10⁻⁶)), PyTorch's clip_grad_norm_; 1 where `most` is 0. A norm that is no number gives no number.
/// Source: Pascanu, Mikolov, Bengio 2013, Algorithm 1.
inline double clipping_scale(double norm, double most) {
  if (most == 0) return 1;
  const double scale = most / (norm + 1e-6);
  return scale >= 1 ? 1 : scale;
}

}  // namespace rnnbench::eigen
