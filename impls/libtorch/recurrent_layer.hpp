#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>

#include "harness/model/model_spec.hpp"
#include "impls/libtorch/dropout.hpp"
#include "impls/libtorch/tensors.hpp"

namespace rnnbench {

/// One recurrent layer of a model, both directions where it has two, with its input and recurrent dropout.
class RecurrentLayer {
 public:
  virtual ~RecurrentLayer() = default;

  /// From `values` [time, reviews, features] to [time, reviews, units], or 2 * units where the layer is
  /// bidirectional, the forward direction first. Steps where `words`, bool [time, reviews, 1], is false
  /// pass the state through; where it is undefined no step does.
  virtual at::Tensor forward(const at::Tensor& values, const at::Tensor& words,
                             const Dropout& dropout) const = 0;

  /// Handles to the weights, by what follows "layers.I." in their names.
  virtual NamedTensors weights() const = 0;

  /// Which implementation runs ("torch::nn::LSTM", "composed: recurrent_dropout"): their speeds differ.
  virtual std::string path() const = 0;
};

/// Layer `index` of `model` for inputs of `features`, its weights of type and place `options`: torch::nn's
/// own layer where that can express the spec, else one composed of matrix products.
std::unique_ptr<RecurrentLayer> make_recurrent_layer(const ModelSpec& model, std::size_t index, int features,
                                                     const at::TensorOptions& options);

/// Features of what a layer gives.
inline int output_features(const LayerSpec& layer) {
  return layer.bidirectional ? 2 * layer.units : layer.units;
}

}  // namespace rnnbench
