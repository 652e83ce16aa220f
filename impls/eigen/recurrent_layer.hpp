#pragma once

#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// A layer that carries a state from step to step. It keeps what the way back needs.
template <typename Scalar>
class RecurrentLayer {
 public:
  virtual ~RecurrentLayer() = default;

  virtual Index units() const = 0;

  /// Zeroes the state of `batch` reviews.
  virtual void reset(Index batch) = 0;

  /// Walks over the steps of `input` [steps * batch, features], from the state where it stands. Returns
  /// the outputs [steps * batch, units], valid until the next call.
  virtual MatrixMap<Scalar> forward(ConstView<Scalar> input) = 0;

  /// The way back over the last `forward`, which must have followed a reset, with the same `input`. Takes
  /// the loss's gradient by each output in `gradient` [steps * batch, units], which it overwrites; sets
  /// the gradients of its weights, and writes that of the input to `input_gradient`
  /// [steps * batch, features] unless this has no rows.
  virtual void backward(ConstView<Scalar> input, View<Scalar> gradient, View<Scalar> input_gradient) = 0;
};

}  // namespace rnnbench::eigen
