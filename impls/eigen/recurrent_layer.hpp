#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "harness/model/dropout_mask.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// Which slots are masked padding, [steps * batch]: 1 where masked. Empty where nothing is.
using StepMask = std::span<const std::uint8_t>;

/// The masks of dropout of one training step; nothing in inference.
using Draw = std::optional<DropoutDraw>;

/// A layer that carries a state from step to step. It keeps what the way back needs.
template <typename Scalar>
class RecurrentLayer {
 public:
  virtual ~RecurrentLayer() = default;

  /// Features of its output.
  virtual Index units() const = 0;

  /// Whether `forward` must be given all steps at once.
  virtual bool needs_all_steps() const { return false; }

  /// Zeroes the state of `batch` reviews and draws the dropout masks that hold for all their steps.
  virtual void reset(Index batch, const Draw& draw) = 0;

  /// Walks over the steps of `input` [steps * batch, features], from the state where it stands. A masked
  /// step passes the state through. Returns the outputs [steps * batch, units], valid until the next call.
  virtual MatrixMap<Scalar> forward(MatrixMap<Scalar> input, StepMask masked) = 0;

  /// Before the way back over the last `forward`, which must have followed a reset: zeroes the gradients of
  /// the weights and those that are handed from step to step.
  virtual void begin_backward() = 0;

  /// The way back over the steps from `first` on, all that are left after them being done. Takes these steps
  /// of what `forward` had, and the loss's gradient by their outputs, [steps * batch, units]; adds to the
  /// gradients of its weights, and to that of the input, `input_gradient` [steps * batch, features], unless
  /// this has no rows. A layer that needs all steps is given all.
  virtual void backward(Index first, MatrixMap<Scalar> input, StepMask masked, ConstView<Scalar> gradient,
                        MatrixMap<Scalar> input_gradient) = 0;
};

}  // namespace rnnbench::eigen
