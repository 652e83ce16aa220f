#pragma once

#include <ATen/core/Tensor.h>

#include "harness/model/model_spec.hpp"

namespace rnnbench {

inline at::Tensor activated(const at::Tensor& values, Activation activation) {
  if (activation == Activation::kTanh) return values.tanh();
  if (activation == Activation::kRelu) return values.relu();
  return values;
}

}  // namespace rnnbench
