#include "impls/libtorch/composed_layer.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>

#include <vector>

#include "impls/libtorch/cell_step.hpp"

namespace rnnbench {
namespace {

CellWeights make_weights(const LayerSpec& layer, int features, const at::TensorOptions& options) {
  const int rows = layer.units * (layer.cell == Cell::kLstm ? 4 : layer.cell == Cell::kGru ? 3 : 1);
  const auto weight = [&](at::IntArrayRef shape) { return at::zeros(shape, options).requires_grad_(); };
  return {weight({rows, features}), weight({rows, layer.units}), weight({rows}),
          layer.biases == 2 ? weight({rows}) : at::Tensor()};
}

void add_direction(NamedTensors& named, const std::string& prefix, const CellWeights& weights) {
  named[prefix + "input_kernel"] = weights.input_kernel;
  named[prefix + "recurrent_kernel"] = weights.recurrent_kernel;
  named[prefix + "input_bias"] = weights.input_bias;
  if (weights.recurrent_bias.defined()) named[prefix + "recurrent_bias"] = weights.recurrent_bias;
}

/// `next` where there is a word, else the state as it was.
CellState passed_through(const at::Tensor& word, const CellState& next, const CellState& state) {
  return {at::where(word, next.h, state.h),
          next.c.defined() ? at::where(word, next.c, state.c) : at::Tensor()};
}

class ComposedLayer final : public RecurrentLayer {
 public:
  ComposedLayer(const LayerSpec& spec, std::size_t index, int features, const at::TensorOptions& options,
                const std::string& reasons)
      : spec_(spec), index_(index), reasons_(reasons) {
    for (int direction = 0; direction < (spec.bidirectional ? 2 : 1); ++direction) {
      directions_.push_back(make_weights(spec, features, options));
    }
  }

  at::Tensor forward(const at::Tensor& values, const at::Tensor& words,
                     const Dropout& dropout) const override {
    const at::Tensor forward = walk(values, words, dropout, /*backward=*/false);
    return spec_.bidirectional ? at::cat({forward, walk(values, words, dropout, /*backward=*/true)}, 2)
                               : forward;
  }

  NamedTensors weights() const override {
    NamedTensors named;
    add_direction(named, "", directions_[0]);
    if (spec_.bidirectional) add_direction(named, "backward.", directions_[1]);
    return named;
  }

  std::string path() const override { return "composed: " + reasons_; }

 private:
  /// The outputs of one direction, in the order of time, [time, reviews, units].
  at::Tensor walk(const at::Tensor& values, const at::Tensor& words, const Dropout& dropout,
                  bool backward) const {
    const CellWeights& weights = directions_[backward ? 1 : 0];
    const std::int64_t reviews = values.size(1);
    const at::Tensor input_mask = dropout.mask(reviews, values.size(2), values, spec_.input_dropout,
                                               dropout_site(DropoutKind::kInput, index_, backward));
    const at::Tensor state_mask = dropout.mask(reviews, spec_.units, values, spec_.recurrent_dropout,
                                               dropout_site(DropoutKind::kRecurrent, index_, backward));
    const auto inputs = projected(spec_, weights, masked(values, input_mask)).unbind(0);

    const at::Tensor zeros = at::zeros({reviews, spec_.units}, values.options());
    CellState state{zeros, spec_.cell == Cell::kLstm ? zeros : at::Tensor()};
    std::vector<at::Tensor> outputs(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::size_t t = backward ? inputs.size() - 1 - i : i;
      const CellState next = cell_step(spec_, weights, inputs[t], state, masked(state.h, state_mask));
      state = words.defined() ? passed_through(words[static_cast<std::int64_t>(t)], next, state) : next;
      outputs[t] = state.h;
    }
    return at::stack(outputs);
  }

  LayerSpec spec_;
  std::size_t index_;
  std::string reasons_;
  std::vector<CellWeights> directions_;  ///< forward and, where there is one, backward
};

}  // namespace

std::unique_ptr<RecurrentLayer> make_composed_layer(const LayerSpec& spec, std::size_t index, int features,
                                                    const at::TensorOptions& options,
                                                    const std::string& reasons) {
  return std::make_unique<ComposedLayer>(spec, index, features, options, reasons);
}

}  // namespace rnnbench
