#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>

#include "harness/model/model_spec.hpp"
#include "impls/libtorch/tensors.hpp"

namespace rnnbench {

/// What a forward pass is for: dropout acts in kTrain only, and kPredict needs no gradients.
enum class Pass { kTrain, kCheck, kPredict };

/// Told what each layer gives, under the names of Engine::activations.
using LayerVisitor = std::function<void(const std::string& name, const at::Tensor& values)>;

/// A model spec as LibTorch modules: torch::nn::Embedding, one torch::nn::RNN or LSTM a layer, Linear.
class Network {
 public:
  Network(const ModelSpec& spec, int vocabulary, at::Device device);
  ~Network();

  /// Logits [reviews, 1 or 2].
  at::Tensor logits(const DeviceBatch& batch, Pass pass, const LayerVisitor& visit = {}) const;

  /// All weights, under the names of harness/model/parameters.hpp; those that are trained require
  /// gradients. Handles to the modules' own tensors, valid as long as the network lives.
  const NamedTensors& weights() const { return weights_; }

 private:
  struct Modules;
  at::Tensor pooled(const at::Tensor& outputs, const at::Tensor& last) const;

  ModelSpec spec_;
  std::unique_ptr<Modules> modules_;
  NamedTensors weights_;
};

}  // namespace rnnbench
