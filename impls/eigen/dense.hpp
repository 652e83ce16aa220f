#pragma once

#include <string>

#include "impls/eigen/activation.hpp"
#include "impls/eigen/weight.hpp"

namespace rnnbench::eigen {

/// y = f(x Wᵀ + b), with the kernel W [units, features] and the bias b [units].
template <typename Scalar>
class Dense {
 public:
  /// `prefix`: of its weights' names, "dense.0." or "head.".
  Dense(WeightStore<Scalar>& weights, const std::string& prefix, Activation activation)
      : activation_(activation), kernel_(weights, prefix + "kernel"), bias_(weights, prefix + "bias") {}

  Index units() const { return kernel_.value.rows(); }
  Index features() const { return kernel_.value.cols(); }

  /// Takes [batch, features], returns [batch, units], valid until the next call.
  MatrixMap<Scalar> forward(ConstView<Scalar> input) {
    MatrixMap<Scalar> output = output_.shaped(input.rows(), units());
    output.rowwise() = bias_.value.row(0);
    output.noalias() += input * kernel_.value.transpose();
    activate<Scalar>(activation_, output);
    return output;
  }

  /// The way back over the last `forward`, with the same `input`. Takes the loss's gradient by the output,
  /// which it overwrites; sets the gradients of its weights, or adds to them, and returns that of the input,
  /// [batch, features], valid until the next call.
  MatrixMap<Scalar> backward(ConstView<Scalar> input, View<Scalar> gradient, bool add = false) {
    activation_backward<Scalar>(activation_, output_.shaped(input.rows(), units()), gradient);
    if (!add) {
      kernel_.gradient.setZero();
      bias_.gradient.setZero();
    }
    kernel_.gradient.noalias() += gradient.transpose() * input;
    bias_.gradient += gradient.colwise().sum();
    MatrixMap<Scalar> input_gradient = input_gradient_.shaped(input.rows(), features());
    input_gradient.noalias() = gradient * kernel_.value;
    return input_gradient;
  }

 private:
  Activation activation_;
  Weight<Scalar> kernel_;
  Weight<Scalar> bias_;
  Buffer<Scalar> output_;
  Buffer<Scalar> input_gradient_;
};

}  // namespace rnnbench::eigen
