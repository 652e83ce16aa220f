#pragma once

#include <optional>
#include <string>

#include "harness/model/model_spec.hpp"
#include "impls/eigen/weight.hpp"

namespace rnnbench::eigen {

template <typename Scalar>
using RowVector = Eigen::Matrix<Scalar, 1, Eigen::Dynamic>;

/// The weights of one direction of a recurrent layer. Its gates lie side by side: rows [k · units,
/// (k + 1) · units) of a kernel are those of gate k.
template <typename Scalar>
struct CellWeights {
  /// `prefix`: of their names, "layers.0." or "layers.0.backward.".
  CellWeights(WeightStore<Scalar>& weights, const std::string& prefix, const LayerSpec& spec)
      : input_kernel(weights, prefix + "input_kernel"),
        recurrent_kernel(weights, prefix + "recurrent_kernel"),
        input_bias(weights, prefix + "input_bias") {
    if (spec.biases == 2) recurrent_bias.emplace(weights, prefix + "recurrent_bias");
  }

  Index units() const { return recurrent_kernel.value.cols(); }
  Index features() const { return input_kernel.value.cols(); }

  void clear_gradients() {
    input_kernel.gradient.setZero();
    recurrent_kernel.gradient.setZero();
    input_bias.gradient.setZero();
    if (recurrent_bias) recurrent_bias->gradient.setZero();
  }

  /// What both biases add where they act at the same place, [gates · units].
  RowVector<Scalar> bias_sum() const {
    if (!recurrent_bias) return input_bias.value.row(0);
    return input_bias.value.row(0) + recurrent_bias->value.row(0);
  }

  Weight<Scalar> input_kernel;                   ///< W [gates * units, features]
  Weight<Scalar> recurrent_kernel;               ///< U [gates * units, units]
  Weight<Scalar> input_bias;                     ///< b [1, gates * units]
  std::optional<Weight<Scalar>> recurrent_bias;  ///< b' [1, gates * units]
};

/// The state of a batch after a step: h [batch, units], and c [batch, units] of an LSTM, else of no column.
template <typename Scalar>
struct State {
  MatrixMap<Scalar> hidden;
  MatrixMap<Scalar> memory;
};

}  // namespace rnnbench::eigen
