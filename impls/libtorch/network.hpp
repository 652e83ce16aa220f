#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/model/model_spec.hpp"
#include "impls/libtorch/dropout.hpp"
#include "impls/libtorch/recurrent_layer.hpp"
#include "impls/libtorch/tensors.hpp"

namespace rnnbench {

/// Told what each layer gives, under the names of Engine::activations.
using LayerVisitor = std::function<void(const std::string& name, const at::Tensor& values)>;

/// A model spec on LibTorch: ids → embedding → recurrent layers → pooling → dense layers → logits.
class Network {
 public:
  /// Weights are of the type and on the device of `options`.
  Network(const ModelSpec& spec, int vocabulary, const at::TensorOptions& options);

  /// Logits [reviews, 1 or 2].
  at::Tensor logits(const DeviceBatch& batch, const Dropout& dropout, const LayerVisitor& visit = {}) const;

  /// All weights, under the names of harness/model/parameters.hpp; those that are trained require
  /// gradients. Handles to the layers' own tensors, valid as long as the network lives.
  const NamedTensors& weights() const { return weights_; }

  /// RecurrentLayer::path of each layer.
  std::vector<std::string> layer_paths() const;

 private:
  at::Tensor embedded(const DeviceBatch& batch, const Dropout& dropout) const;
  at::Tensor linear(const std::string& name, const at::Tensor& values) const;

  ModelSpec spec_;
  std::vector<std::unique_ptr<RecurrentLayer>> layers_;
  NamedTensors weights_;
};

}  // namespace rnnbench
