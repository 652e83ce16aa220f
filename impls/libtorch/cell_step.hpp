#pragma once

#include <ATen/core/Tensor.h>

#include "harness/model/model_spec.hpp"

namespace rnnbench {

/// Weights of one direction of a layer, gates in the order of harness/model/parameters.hpp.
struct CellWeights {
  at::Tensor input_kernel;      ///< [gates * units, features]
  at::Tensor recurrent_kernel;  ///< [gates * units, units]
  at::Tensor input_bias;        ///< [gates * units]
  at::Tensor recurrent_bias;    ///< [gates * units]; undefined where the layer has one bias
};

/// What a cell carries from step to step, [reviews, units] each.
struct CellState {
  at::Tensor h;
  at::Tensor c;  ///< of lstm cells; else undefined
};

/// The part of a step that needs no state, for all steps in one product: W x + b of `values`
/// [time, reviews, features], to [time, reviews, gates * units]. The recurrent bias is added here as well,
/// but for a gru that resets after the product, where it belongs into the product.
at::Tensor projected(const LayerSpec& layer, const CellWeights& weights, const at::Tensor& values);

/// The state after a step. `input` [reviews, gates * units] is the step's slice of projected(); `seen` is
/// the h that enters the recurrent product: state.h, with its dropout in training.
///
///   rnn   h' = φ(x + U h)                                                         (Elman 1990)
///   lstm  c' = σ(f) ∘ c + σ(i) ∘ tanh(g),  h' = σ(o) ∘ tanh(c')   (Hochreiter and Schmidhuber 1997, with
///                                                     the forget gate of Gers, Schmidhuber and Cummins 2000)
///   gru   h' = (1 − z) ∘ n + z ∘ h,  n = tanh(x + r ∘ (U h + b))   reset after the product, or
///                                    n = tanh(x + U (r ∘ h))       before it (Cho et al. 2014, equation 8)
CellState cell_step(const LayerSpec& layer, const CellWeights& weights, const at::Tensor& input,
                    const CellState& state, const at::Tensor& seen);

}  // namespace rnnbench
