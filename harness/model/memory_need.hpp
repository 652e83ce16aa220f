#pragma once

#include "harness/model/engine.hpp"

namespace rnnbench {

/// What decides the memory of a training step besides the specs.
struct StepShape {
  int vocabulary = 0;  ///< rows of the embedding
  int batch = 0;       ///< reviews
  int length = 0;      ///< time steps
  Precision precision = Precision::kSingle;
};

/// Bytes that training can't do without, by what they hold. Numbers of bytes are doubles, since those of a
/// mistyped spec may exceed 64 bits.
struct MemoryNeed {
  double parameters = 0;
  double gradients = 0;    ///< of the trainable parameters
  double optimizer = 0;    ///< state of the optimiser
  double activations = 0;  ///< kept from the forward for the backward pass
  double working = 0;      ///< gradients of the activations of one layer

  double total() const { return parameters + gradients + optimizer + activations + working; }
};

/// The analytic need, by this count. Per review and time step (T·B of them), in scalars:
///
///   embedding   E of its vector
///   layer       for each unit of each direction: rnn 1 (its output), gru 5 (gates r, z, n; the recurrent
///               part of n before r acts or r·h after; output), lstm 6 (gates i, f, g, o; cell state;
///               output); one more for a mask of output dropout
///
/// Per review: a mask of spatial dropout (E), of input dropout (its features, by layer) and of recurrent
/// dropout (its units, by layer and direction); what pooling, each dense layer and the head give, and a mask
/// where there is dropout on it. The ids are 4 bytes a slot.
///
/// `working` is the largest that a single layer takes while the backward pass is at it: per slot the
/// gradients of its gates, of its output and of its input. Optimiser state by trainable parameter: sgd 0,
/// rmsprop 1, both one more with momentum, adam and adamw 2. A frozen embedding has no gradient and no state.
///
/// An engine that computes activations again, packs its masks or goes back through a layer step by step can
/// do with less; most take more.
MemoryNeed memory_need(const ModelSpec& model, const OptimizerSpec& optimizer, const StepShape& shape);

}  // namespace rnnbench
