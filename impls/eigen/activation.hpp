#pragma once

#include "harness/model/model_spec.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// values ← f(values), element by element.
template <typename Scalar>
void activate(Activation activation, View<Scalar> values) {
  if (activation == Activation::kTanh) values = values.array().tanh();
  if (activation == Activation::kRelu) values = values.array().max(Scalar(0));
}

/// gradient ← gradient · f'(x), where the derivative is had from the output y = f(x):
/// tanh' = 1 − y², relu' = 1 where y > 0 and 0 elsewhere (at 0 too, as in PyTorch).
template <typename Scalar>
void activation_backward(Activation activation, ConstView<Scalar> output, View<Scalar> gradient) {
  if (activation == Activation::kTanh) gradient.array() *= Scalar(1) - output.array().square();
  if (activation == Activation::kRelu)
    gradient.array() *= (output.array() > Scalar(0)).template cast<Scalar>();
}

}  // namespace rnnbench::eigen
