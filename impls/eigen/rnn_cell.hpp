#pragma once

#include <string>

#include "impls/eigen/activation.hpp"
#include "impls/eigen/cell_weights.hpp"

namespace rnnbench::eigen {

/// One step of the simple recurrent layer (Elman 1990, "Finding structure in time"):
///
///   h_t = f(W x_t + b + U h_{t−1} + b'),   f = tanh or relu
///
/// In all cells, `gates` holds W x_t + biases on the way forward and, if the cell keeps gates, what the way
/// back needs after it; `hidden` is h_{t−1} with recurrent dropout, which enters the product, and
/// `before.hidden` without.
template <typename Scalar>
class RnnCell {
 public:
  static constexpr Index kGates = 1;
  static constexpr bool kHasMemory = false;
  static constexpr bool kKeepsGates = false;

  RnnCell(CellWeights<Scalar>& weights, const LayerSpec& spec)
      : weights_(weights), activation_(spec.activation) {}

  /// What is added to W x_t at all steps, [units].
  RowVector<Scalar> bias() const { return weights_.bias_sum(); }

  void begin(Index /*rows*/) {}

  void forward(Index /*step*/, View<Scalar> gates, ConstView<Scalar> hidden, const State<Scalar>& /*before*/,
               State<Scalar> after) {
    gates.noalias() += hidden * weights_.recurrent_kernel.value.transpose();
    activate<Scalar>(activation_, gates);
    after.hidden = gates;
  }

  /// Takes ∂L/∂h_t in `gradient` and writes ∂L/∂a_t, a_t the argument of f, to `gates`, and the ways on
  /// to h_{t−1}: through the product to `hidden_gradient`, past it (none here) to `gradient`.
  ///
  ///   ∂L/∂a_t = ∂L/∂h_t · f'(a_t),    ∂L/∂h_{t−1} = ∂L/∂a_t U
  void backward(Index /*step*/, View<Scalar> gates, ConstView<Scalar> /*hidden*/,
                const State<Scalar>& /*before*/, const State<Scalar>& after, State<Scalar> gradient,
                View<Scalar> hidden_gradient) {
    activation_backward<Scalar>(activation_, after.hidden, gradient.hidden);
    gates = gradient.hidden;
    hidden_gradient.noalias() = gates * weights_.recurrent_kernel.value;
    gradient.hidden.setZero();
  }

  /// From ∂L/∂a [steps * batch, gates * units] and `hiddens` [steps * batch, units] of the steps from `first`
  /// on.
  void add_recurrent_gradients(Index /*first*/, ConstView<Scalar> gates, ConstView<Scalar> hiddens) {
    weights_.recurrent_kernel.gradient.noalias() += gates.transpose() * hiddens;
    if (weights_.recurrent_bias) weights_.recurrent_bias->gradient += gates.colwise().sum();
  }

 private:
  CellWeights<Scalar>& weights_;
  Activation activation_;
};

}  // namespace rnnbench::eigen
