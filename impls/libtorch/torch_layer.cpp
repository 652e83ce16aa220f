#include "impls/libtorch/torch_layer.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/cudnn_is_acceptable.h>
#include <c10/core/GradMode.h>
#include <torch/nn/modules/rnn.h>

#include <variant>
#include <vector>

namespace rnnbench {
namespace {

using Module = std::variant<torch::nn::RNN, torch::nn::LSTM, torch::nn::GRU>;

Module make_module(const LayerSpec& layer, int features, bool bidirectional) {
  switch (layer.cell) {
    case Cell::kLstm:
      return torch::nn::LSTM(torch::nn::LSTMOptions(features, layer.units).bidirectional(bidirectional));
    case Cell::kGru:
      return torch::nn::GRU(torch::nn::GRUOptions(features, layer.units).bidirectional(bidirectional));
    case Cell::kRnn:
      break;
  }
  torch::nn::RNNOptions options(features, layer.units);
  options.bidirectional(bidirectional);
  if (layer.activation == Activation::kRelu) {
    options.nonlinearity(torch::kReLU);
  } else {
    options.nonlinearity(torch::kTanh);
  }
  return torch::nn::RNN(options);
}

const char* module_name(Cell cell) {
  return cell == Cell::kLstm ? "torch::nn::LSTM" : cell == Cell::kGru ? "torch::nn::GRU" : "torch::nn::RNN";
}

/// Adds the weights of a module's direction under the harness's names. A layer with one bias keeps its
/// second one at zero, outside of the weights.
void add_direction(NamedTensors& weights, const std::string& prefix, const torch::nn::Module& module,
                   const std::string& suffix, int biases) {
  const auto parameters = module.named_parameters();
  weights[prefix + "input_kernel"] = parameters["weight_ih_l0" + suffix];
  weights[prefix + "recurrent_kernel"] = parameters["weight_hh_l0" + suffix];
  weights[prefix + "input_bias"] = parameters["bias_ih_l0" + suffix];
  at::Tensor recurrent_bias = parameters["bias_hh_l0" + suffix];
  if (biases == 2) {
    weights[prefix + "recurrent_bias"] = recurrent_bias;
  } else {
    recurrent_bias.requires_grad_(false).zero_();
  }
}

class TorchLayer final : public RecurrentLayer {
 public:
  TorchLayer(const LayerSpec& spec, std::size_t index, int features, const at::TensorOptions& options)
      : spec_(spec), index_(index) {
    const bool apart = spec.bidirectional && spec.input_dropout > 0;
    for (int i = 0; i < (apart ? 2 : 1); ++i) {
      modules_.push_back(make_module(spec, features, spec.bidirectional && !apart));
      const auto place = [&](auto& module) {
        module->to(options.device(), c10::typeMetaToScalarType(options.dtype()));
      };
      std::visit(place, modules_.back());
    }
    add_direction(weights_, "", module(0), "", spec.biases);
    if (!spec.bidirectional) return;
    add_direction(weights_, "backward.", module(apart ? 1 : 0), apart ? "" : "_reverse", spec.biases);
  }

  at::Tensor forward(const at::Tensor& values, const at::Tensor& /*words*/,
                     const Dropout& dropout) const override {
    const at::Tensor forward = run(0, with_input_dropout(values, dropout, /*backward=*/false));
    if (modules_.size() == 1) return forward;
    const at::Tensor reversed = with_input_dropout(values, dropout, /*backward=*/true).flip(0);
    return at::cat({forward, run(1, reversed).flip(0)}, 2);
  }

  NamedTensors weights() const override { return weights_; }

  std::string path() const override {
    std::string path = module_name(spec_.cell);
    if (modules_.size() == 2) path += ", one a direction";
    const at::Tensor& weight = weights_.begin()->second;
    if (weight.is_cuda()) path += at::cudnn_is_acceptable(weight) ? ", cuDNN" : ", without cuDNN";
    return path;
  }

 private:
  const torch::nn::Module& module(std::size_t i) const {
    return std::visit([](const auto& module) -> const torch::nn::Module& { return *module; }, modules_[i]);
  }

  at::Tensor run(std::size_t i, const at::Tensor& values) const {
    const auto run_module = [&](auto module) {
      // cuDNN's layers have gradients in training mode only; the mode changes no value.
      module->train(at::GradMode::is_enabled());
      return std::get<0>(module(values));
    };
    return std::visit(run_module, modules_[i]);
  }

  at::Tensor with_input_dropout(const at::Tensor& values, const Dropout& dropout, bool backward) const {
    return masked(values, dropout.mask(values.size(1), values.size(2), values, spec_.input_dropout,
                                       dropout_site(DropoutKind::kInput, index_, backward)));
  }

  LayerSpec spec_;
  std::size_t index_;
  std::vector<Module> modules_;
  NamedTensors weights_;
};

}  // namespace

std::unique_ptr<RecurrentLayer> make_torch_layer(const LayerSpec& spec, std::size_t index, int features,
                                                 const at::TensorOptions& options) {
  return std::make_unique<TorchLayer>(spec, index, features, options);
}

}  // namespace rnnbench
