#pragma once

#include <tuple>

#include "impls/eigen/cell_weights.hpp"

namespace rnnbench::eigen {

/// One step of the GRU (Cho et al. 2014, equations 5–8), with the gates in the order r, z, n:
///
///   r = σ(a_r)   z = σ(a_z),    a = W x_t + b + U h_{t−1} + b'
///   n = tanh(W_n x_t + b_n + U_n (r h_{t−1}) + b'_n)     reset before the product (Cho et al., v1), or
///   n = tanh(W_n x_t + b_n + r (U_n h_{t−1} + b'_n))     after it (their v3; cuDNN, PyTorch, Keras 3)
///   h_t = (1 − z) n + z h_{t−1}
///
/// See RnnCell for the arguments.
template <typename Scalar>
class GruCell {
 public:
  static constexpr Index kGates = 3;
  static constexpr bool kHasMemory = false;
  static constexpr bool kKeepsGates = true;

  GruCell(CellWeights<Scalar>& weights, const LayerSpec& spec)
      : weights_(weights), reset_after_(spec.reset_after) {}

  /// b'_n is left out where the reset gate acts on it.
  RowVector<Scalar> bias() const {
    RowVector<Scalar> bias = weights_.bias_sum();
    if (reset_after_) bias.tail(units()) = weights_.input_bias.value.row(0).tail(units());
    return bias;
  }

  void begin(Index rows) { resets_.shaped(rows, units()); }

  void forward(Index step, View<Scalar> gates, ConstView<Scalar> hidden, const State<Scalar>& before,
               State<Scalar> after) {
    auto [r, z, n] = split(gates);
    auto kept = reset_step(step, hidden.rows());
    gates.leftCols(2 * units()).noalias() += hidden * gate_kernel().transpose();
    r = r.logistic();
    z = z.logistic();
    if (reset_after_) {
      kept.noalias() = hidden * candidate_kernel().transpose();
      if (weights_.recurrent_bias) kept.rowwise() += weights_.recurrent_bias->value.row(0).tail(units());
      n += r * kept.array();
    } else {
      kept = (r * hidden.array()).matrix();
      gates.rightCols(units()).noalias() += kept * candidate_kernel().transpose();
    }
    n = n.tanh();
    after.hidden.array() = (1 - z) * n + z * before.hidden.array();
  }

  /// With ∂L/∂h_t in `gradient`, q = U_n h_{t−1} + b'_n and s = r h_{t−1}:
  ///
  ///   ∂L/∂a_n = ∂L/∂h_t · (1 − z)(1 − n²)        ∂L/∂a_z = ∂L/∂h_t · (h_{t−1} − n) · z (1 − z)
  ///   reset after:   ∂L/∂q = ∂L/∂a_n · r         ∂L/∂a_r = ∂L/∂a_n · q · r (1 − r)
  ///   reset before:  ∂L/∂s = ∂L/∂a_n U_n         ∂L/∂a_r = ∂L/∂s · h_{t−1} · r (1 − r)
  void backward(Index step, View<Scalar> gates, ConstView<Scalar> hidden, const State<Scalar>& before,
                const State<Scalar>& /*after*/, State<Scalar> gradient, View<Scalar> hidden_gradient) {
    auto [r, z, n] = split(gates);
    auto kept = reset_step(step, hidden.rows());
    auto output_gradient = gradient.hidden.array();
    old_update_ = z;
    z = output_gradient * (before.hidden.array() - n) * z * (1 - z);
    n = output_gradient * (1 - old_update_) * (1 - n.square());
    if (reset_after_) {
      product_gradient_ = (n * r).matrix();
      r = n * kept.array() * r * (1 - r);
      kept = product_gradient_;
      hidden_gradient.noalias() = kept * candidate_kernel();
    } else {
      product_gradient_.noalias() = gates.rightCols(units()) * candidate_kernel();
      hidden_gradient = (product_gradient_.array() * r).matrix();
      r = product_gradient_.array() * hidden.array() * r * (1 - r);
    }
    hidden_gradient.noalias() += gates.leftCols(2 * units()) * gate_kernel();
    output_gradient *= old_update_;
  }

  void add_recurrent_gradients(Index first, ConstView<Scalar> gates, ConstView<Scalar> hiddens) {
    Weight<Scalar>& kernel = weights_.recurrent_kernel;
    const MatrixMap<Scalar> kept(reset_step(first, old_update_.rows()).data(), gates.rows(), units());
    kernel.gradient.topRows(2 * units()).noalias() += gates.leftCols(2 * units()).transpose() * hiddens;
    auto candidate = kernel.gradient.bottomRows(units());
    if (reset_after_) {
      candidate.noalias() += kept.transpose() * hiddens;
    } else {
      candidate.noalias() += gates.rightCols(units()).transpose() * kept;
    }
    if (!weights_.recurrent_bias) return;
    MatrixMap<Scalar> bias = weights_.recurrent_bias->gradient;
    bias.leftCols(2 * units()) += gates.leftCols(2 * units()).colwise().sum();
    auto candidate_bias = bias.rightCols(units());
    if (reset_after_) {
      candidate_bias += kept.colwise().sum();
    } else {
      candidate_bias += gates.rightCols(units()).colwise().sum();
    }
  }

 private:
  using Array = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  Index units() const { return weights_.units(); }
  auto gate_kernel() const { return weights_.recurrent_kernel.value.topRows(2 * units()); }
  auto candidate_kernel() const { return weights_.recurrent_kernel.value.bottomRows(units()); }

  auto split(View<Scalar>& gates) const {
    const auto gate = [&](Index k) { return gates.middleCols(k * units(), units()).array(); };
    return std::tuple(gate(0), gate(1), gate(2));
  }

  MatrixMap<Scalar> reset_step(Index step, Index batch) {
    return {resets_.data() + step * batch * units(), batch, units()};
  }

  CellWeights<Scalar>& weights_;
  bool reset_after_;
  Buffer<Scalar> resets_;            // [steps * batch, units]: q, on the way back ∂L/∂q; or s
  Array old_update_;                 // [batch, units], before its gradient takes its place
  Matrix<Scalar> product_gradient_;  // [batch, units]: ∂L/∂q or ∂L/∂s
};

}  // namespace rnnbench::eigen
