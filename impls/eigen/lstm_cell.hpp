#pragma once

#include "impls/eigen/cell_weights.hpp"

namespace rnnbench::eigen {

/// One step of the LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber,
/// Cummins 2000, equations 3–9):
///
///   i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o),    a = W x_t + b + U h_{t−1} + b'
///   c_t = f c_{t−1} + i g
///   h_t = o tanh(c_t)
///
/// The gates lie in the order i, f, g, o. See RnnCell for the arguments.
template <typename Scalar>
class LstmCell {
 public:
  static constexpr Index kGates = 4;
  static constexpr bool kHasMemory = true;
  static constexpr bool kKeepsGates = true;

  LstmCell(CellWeights<Scalar>& weights, const LayerSpec& /*spec*/) : weights_(weights) {}

  RowVector<Scalar> bias() const { return weights_.bias_sum(); }

  void begin(Index /*rows*/) {}

  void forward(Index /*step*/, View<Scalar> gates, ConstView<Scalar> hidden, const State<Scalar>& before,
               State<Scalar> after) {
    gates.noalias() += hidden * weights_.recurrent_kernel.value.transpose();
    auto [i, f, g, o] = split(gates);
    i = i.logistic();
    f = f.logistic();
    g = g.tanh();
    o = o.logistic();
    after.memory.array() = f * before.memory.array() + i * g;
    after.hidden.array() = o * after.memory.array().tanh();
  }

  /// With ∂L/∂h_t and ∂L/∂c_t in `gradient`, and tanh' = 1 − tanh², σ' = σ (1 − σ):
  ///
  ///   δc = ∂L/∂c_t + ∂L/∂h_t · o (1 − tanh²(c_t)),    ∂L/∂c_{t−1} = δc · f
  ///   ∂L/∂a_o = ∂L/∂h_t · tanh(c_t) · o (1 − o)       ∂L/∂a_i = δc · g · i (1 − i)
  ///   ∂L/∂a_f = δc · c_{t−1} · f (1 − f)              ∂L/∂a_g = δc · i · (1 − g²)
  void backward(Index /*step*/, View<Scalar> gates, ConstView<Scalar> /*hidden*/, const State<Scalar>& before,
                const State<Scalar>& after, State<Scalar> gradient, View<Scalar> hidden_gradient) {
    auto [i, f, g, o] = split(gates);
    auto memory_gradient = gradient.memory.array();
    tanh_memory_ = after.memory.array().tanh();
    memory_gradient += gradient.hidden.array() * o * (1 - tanh_memory_.square());
    o = gradient.hidden.array() * tanh_memory_ * o * (1 - o);
    input_gate_ = i;
    i = memory_gradient * g * i * (1 - i);
    g = memory_gradient * input_gate_ * (1 - g.square());
    forget_gate_ = f;
    f = memory_gradient * before.memory.array() * f * (1 - f);
    memory_gradient *= forget_gate_;
    hidden_gradient.noalias() = gates * weights_.recurrent_kernel.value;
    gradient.hidden.setZero();
  }

  void add_recurrent_gradients(Index /*first*/, ConstView<Scalar> gates, ConstView<Scalar> hiddens) {
    weights_.recurrent_kernel.gradient.noalias() += gates.transpose() * hiddens;
    if (weights_.recurrent_bias) weights_.recurrent_bias->gradient += gates.colwise().sum();
  }

 private:
  using Array = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  auto split(View<Scalar>& gates) const {
    const Index units = weights_.units();
    const auto gate = [&](Index k) { return gates.middleCols(k * units, units).array(); };
    return std::tuple(gate(0), gate(1), gate(2), gate(3));
  }

  CellWeights<Scalar>& weights_;
  Array tanh_memory_;  // [batch, units]
  Array input_gate_;   // [batch, units], before its gradient takes its place
  Array forget_gate_;  // [batch, units]
};

}  // namespace rnnbench::eigen
