#pragma once

#include <string>

#include "impls/eigen/activation.hpp"
#include "impls/eigen/recurrent_layer.hpp"
#include "impls/eigen/weight.hpp"

namespace rnnbench::eigen {

/// The simple recurrent layer (Elman 1990, "Finding structure in time"):
///
///   h_t = f(x_t Wᵀ + h_{t−1} Uᵀ + b),   h_0 = 0,   f = tanh or relu
///
/// with the input kernel W [units, features], the recurrent kernel U [units, units] and b [units], the sum
/// of one or two biases.
template <typename Scalar>
class RnnLayer final : public RecurrentLayer<Scalar> {
 public:
  /// `prefix`: of its weights' names, "layers.0.".
  RnnLayer(WeightStore<Scalar>& weights, const std::string& prefix, const LayerSpec& spec)
      : activation_(spec.activation),
        input_kernel_(weights, prefix + "input_kernel"),
        recurrent_kernel_(weights, prefix + "recurrent_kernel"),
        input_bias_(weights, prefix + "input_bias"),
        recurrent_bias_(weights, prefix + (spec.biases == 2 ? "recurrent_bias" : "input_bias")),
        two_biases_(spec.biases == 2) {}

  Index units() const override { return recurrent_kernel_.value.rows(); }

  void reset(Index batch) override { state_.setZero(batch, units()); }

  MatrixMap<Scalar> forward(ConstView<Scalar> input) override {
    const Index batch = state_.rows();
    MatrixMap<Scalar> states = states_.shaped(input.rows(), units());
    states.rowwise() = bias();
    states.noalias() += input * input_kernel_.value.transpose();
    for (Index t = 0; t < input.rows() / batch; ++t) {
      auto state = step_of(states, t, batch);
      state.noalias() += state_ * recurrent_kernel_.value.transpose();
      activate<Scalar>(activation_, state);
      state_ = state;
    }
    return states;
  }

  /// Backpropagation through time (Werbos 1990). With a_t the argument of f at step t,
  ///
  ///   ∂L/∂h_t = gradient_t + ∂L/∂a_{t+1} U,    ∂L/∂a_t = ∂L/∂h_t · f'(a_t)
  ///
  /// and from the ∂L/∂a_t, which replace `gradient`, each weight's gradient is one product over all steps.
  void backward(ConstView<Scalar> input, View<Scalar> gradient, View<Scalar> input_gradient) override {
    const Index batch = state_.rows();
    const Index steps = input.rows() / batch;
    const MatrixMap<Scalar> states = states_.shaped(input.rows(), units());
    for (Index t = steps - 1; t >= 0; --t) {
      auto delta = step_of(gradient, t, batch);
      if (t + 1 < steps) delta.noalias() += step_of(gradient, t + 1, batch) * recurrent_kernel_.value;
      activation_backward<Scalar>(activation_, step_of(states, t, batch), delta);
    }
    const Index later = (steps - 1) * batch;
    input_kernel_.gradient.noalias() = gradient.transpose() * input;
    recurrent_kernel_.gradient.noalias() = gradient.bottomRows(later).transpose() * states.topRows(later);
    input_bias_.gradient = gradient.colwise().sum();
    if (two_biases_) recurrent_bias_.gradient = input_bias_.gradient;
    if (input_gradient.rows() > 0) input_gradient.noalias() = gradient * input_kernel_.value;
  }

 private:
  Eigen::Matrix<Scalar, 1, Eigen::Dynamic> bias() const {
    if (!two_biases_) return input_bias_.value.row(0);
    return input_bias_.value.row(0) + recurrent_bias_.value.row(0);
  }

  Activation activation_;
  Weight<Scalar> input_kernel_;      // [units, features]
  Weight<Scalar> recurrent_kernel_;  // [units, units]
  Weight<Scalar> input_bias_;        // [1, units]
  Weight<Scalar> recurrent_bias_;    // [1, units]; the input bias again where there is one only
  bool two_biases_;
  Matrix<Scalar> state_;   // [batch, units]
  Buffer<Scalar> states_;  // [steps * batch, units]
};

}  // namespace rnnbench::eigen
