#include "impls/libtorch/network.hpp"

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/rnn.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rnnbench {
namespace {

using Recurrent = std::variant<torch::nn::RNN, torch::nn::LSTM>;

Recurrent make_layer(const LayerSpec& layer, int features) {
  if (layer.cell == Cell::kLstm) return torch::nn::LSTM(torch::nn::LSTMOptions(features, layer.units));
  torch::nn::RNNOptions options(features, layer.units);
  if (layer.activation == Activation::kRelu) {
    options.nonlinearity(torch::kReLU);
  } else {
    options.nonlinearity(torch::kTanh);
  }
  return torch::nn::RNN(options);
}

torch::nn::Embedding make_embedding(const EmbeddingSpec& spec, int vocabulary) {
  torch::nn::EmbeddingOptions options(vocabulary, spec.size);
  if (spec.zero_padding) options.padding_idx(0);
  torch::nn::Embedding embedding(options);
  embedding->weight.requires_grad_(spec.trainable);
  return embedding;
}

at::Tensor activated(const at::Tensor& values, Activation activation) {
  if (activation == Activation::kTanh) return values.tanh();
  if (activation == Activation::kRelu) return values.relu();
  return values;
}

at::Tensor dropped(const at::Tensor& values, double rate, Pass pass) {
  return rate > 0 && pass == Pass::kTrain ? torch::dropout(values, rate, /*train=*/true) : values;
}

void add_linear(NamedTensors& weights, const std::string& name, const torch::nn::Linear& linear) {
  weights[name + ".kernel"] = linear->weight;
  weights[name + ".bias"] = linear->bias;
}

/// A layer with one bias keeps its second one at zero, outside of the weights.
void add_layer(NamedTensors& weights, const std::string& name, const LayerSpec& spec,
               const torch::nn::Module& layer) {
  const auto parameters = layer.named_parameters();
  weights[name + ".input_kernel"] = parameters["weight_ih_l0"];
  weights[name + ".recurrent_kernel"] = parameters["weight_hh_l0"];
  weights[name + ".input_bias"] = parameters["bias_ih_l0"];
  at::Tensor recurrent_bias = parameters["bias_hh_l0"];
  if (spec.biases == 2) {
    weights[name + ".recurrent_bias"] = recurrent_bias;
  } else {
    recurrent_bias.requires_grad_(false).zero_();
  }
}

}  // namespace

struct Network::Modules {
  torch::nn::Embedding embedding{nullptr};
  std::vector<Recurrent> layers;
  std::vector<torch::nn::Linear> dense;
  torch::nn::Linear head{nullptr};
};

Network::Network(const ModelSpec& spec, int vocabulary, at::Device device)
    : spec_(spec), modules_(std::make_unique<Modules>()) {
  modules_->embedding = make_embedding(spec.embedding, vocabulary);
  modules_->embedding->to(device);
  weights_["embedding.weight"] = modules_->embedding->weight;
  int features = spec.embedding.size;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    modules_->layers.push_back(make_layer(spec.layers[i], features));
    features = spec.layers[i].units;
    std::visit(
        [&](auto& layer) {
          layer->to(device);
          add_layer(weights_, "layers." + std::to_string(i), spec.layers[i], *layer);
        },
        modules_->layers.back());
  }
  for (std::size_t i = 0; i < spec.dense.size(); ++i) {
    modules_->dense.emplace_back(features, spec.dense[i].units);
    features = spec.dense[i].units;
    modules_->dense.back()->to(device);
    add_linear(weights_, "dense." + std::to_string(i), modules_->dense.back());
  }
  modules_->head = torch::nn::Linear(features, head_units(spec));
  modules_->head->to(device);
  add_linear(weights_, "head", modules_->head);
}

Network::~Network() = default;

at::Tensor Network::pooled(const at::Tensor& outputs, const at::Tensor& last) const {
  switch (spec_.pooling) {
    case Pooling::kMean:
      return outputs.mean(0);
    case Pooling::kMax:
      return std::get<0>(outputs.max(0));  // of equal ones the first gets the gradient
    case Pooling::kLastValid:
      return outputs.gather(0, last.view({1, -1, 1}).expand({1, -1, outputs.size(2)})).squeeze(0);
    case Pooling::kLast:
      break;
  }
  return outputs.select(0, -1);
}

at::Tensor Network::logits(const DeviceBatch& batch, Pass pass, const LayerVisitor& visit) const {
  at::Tensor values = modules_->embedding(batch.ids);  // [time, reviews, features]
  for (std::size_t i = 0; i < modules_->layers.size(); ++i) {
    values = std::visit(
        [&](auto layer) {
          // cuDNN's layers have gradients in training mode only; without dropout the mode changes no value.
          layer->train(pass != Pass::kPredict);
          return std::get<0>(layer(values));
        },
        modules_->layers[i]);
    if (visit) visit("layers." + std::to_string(i), values);
    values = dropped(values, spec_.layers[i].output_dropout, pass);
  }
  values = dropped(pooled(values, batch.last), spec_.dropout, pass);
  for (std::size_t i = 0; i < modules_->dense.size(); ++i) {
    values = activated(modules_->dense[i]->forward(values), spec_.dense[i].activation);
    if (visit) visit("dense." + std::to_string(i), values);
    values = dropped(values, spec_.dense[i].dropout, pass);
  }
  return modules_->head->forward(values);
}

}  // namespace rnnbench
