#include "impls/libtorch/network.hpp"

#include <ATen/ops/embedding.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/zeros.h>

#include "impls/libtorch/activation.hpp"
#include "impls/libtorch/pooling.hpp"

namespace rnnbench {
namespace {

std::string layer_name(std::size_t index) { return "layers." + std::to_string(index); }
std::string dense_name(std::size_t index) { return "dense." + std::to_string(index); }

}  // namespace

Network::Network(const ModelSpec& spec, int vocabulary, const at::TensorOptions& options) : spec_(spec) {
  const auto weight = [&](at::IntArrayRef shape) { return at::zeros(shape, options).requires_grad_(); };
  const auto add_linear = [&](const std::string& name, int units, int features) {
    weights_[name + ".kernel"] = weight({units, features});
    weights_[name + ".bias"] = weight({units});
  };
  weights_["embedding.weight"] =
      weight({vocabulary, spec.embedding.size}).requires_grad_(spec.embedding.trainable);
  int features = spec.embedding.size;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    layers_.push_back(make_recurrent_layer(spec, i, features, options));
    for (const auto& [name, tensor] : layers_.back()->weights()) {
      weights_[layer_name(i) + "." + name] = tensor;
    }
    features = output_features(spec.layers[i]);
  }
  for (std::size_t i = 0; i < spec.dense.size(); ++i) {
    add_linear(dense_name(i), spec.dense[i].units, features);
    features = spec.dense[i].units;
  }
  add_linear("head", head_units(spec), features);
}

std::vector<std::string> Network::layer_paths() const {
  std::vector<std::string> paths;
  for (const auto& layer : layers_) paths.push_back(layer->path());
  return paths;
}

/// [time, reviews, size].
at::Tensor Network::embedded(const DeviceBatch& batch, const Dropout& dropout) const {
  constexpr std::int64_t kPaddingRow = 0, kNoRow = -1;
  const at::Tensor values = at::embedding(weights_.at("embedding.weight"), batch.ids,
                                          spec_.embedding.zero_padding ? kPaddingRow : kNoRow);
  return masked(values, dropout.mask(values.size(1), values.size(2), values, spec_.embedding.spatial_dropout,
                                     dropout_site(DropoutKind::kSpatial, 0)));
}

at::Tensor Network::linear(const std::string& name, const at::Tensor& values) const {
  return at::linear(values, weights_.at(name + ".kernel"), weights_.at(name + ".bias"));
}

at::Tensor Network::logits(const DeviceBatch& batch, const Dropout& dropout,
                           const LayerVisitor& visit) const {
  const at::Tensor words =
      spec_.embedding.mask_padding ? batch.ids.ne(batch.padding_id).unsqueeze(2) : at::Tensor();
  at::Tensor values = embedded(batch, dropout);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    values = layers_[i]->forward(values, words, dropout);
    if (visit) visit(layer_name(i), values);
    values =
        dropout.dropped(values, spec_.layers[i].output_dropout, dropout_site(DropoutKind::kLayerOutput, i));
  }
  values = dropout.dropped(pooled(spec_.pooling, values, batch.last, words), spec_.dropout,
                           dropout_site(DropoutKind::kPooled, 0));
  for (std::size_t i = 0; i < spec_.dense.size(); ++i) {
    values = activated(linear(dense_name(i), values), spec_.dense[i].activation);
    if (visit) visit(dense_name(i), values);
    values = dropout.dropped(values, spec_.dense[i].dropout, dropout_site(DropoutKind::kDense, i));
  }
  return linear("head", values);
}

}  // namespace rnnbench
