#pragma once

#include <memory>
#include <string>

#include "impls/eigen/make_layer.hpp"

namespace rnnbench::eigen {

inline double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// A layer of one unit on one feature, in double precision, so that everything can be written down.
class OneUnitLayer {
 public:
  explicit OneUnitLayer(LayerSpec layer) : weights_(spec(layer), 1), layer_(make_layer(weights_, layer, 0)) {
    layer_->reset(1, std::nullopt);
  }

  /// One value a gate.
  void set(const std::string& name, const std::vector<double>& values) {
    std::copy(values.begin(), values.end(), weights_.weight("layers.0." + name).data());
  }
  double gradient(const std::string& name, Index gate = 0) {
    return weights_.gradient("layers.0." + name).data()[gate];
  }

  /// The outputs of each step.
  std::vector<double> forward(std::vector<double> inputs, StepMask masked = {}) {
    inputs_ = std::move(inputs);
    masked_.assign(masked.begin(), masked.end());
    const MatrixMap<double> outputs = layer_->forward(input(), masked_);
    return {outputs.data(), outputs.data() + outputs.size()};
  }

  /// The gradient by each input, from that by each output of the last `forward`.
  std::vector<double> backward(std::vector<double> gradient) {
    std::vector<double> by_input(inputs_.size());
    layer_->begin_backward();
    layer_->backward(0, input(), masked_, MatrixMap<double>(gradient.data(), input().rows(), layer_->units()),
                     {by_input.data(), input().rows(), 1});
    return by_input;
  }

  void reset() { layer_->reset(1, std::nullopt); }

 private:
  static ModelSpec spec(const LayerSpec& layer) {
    ModelSpec model;
    model.embedding.size = 1;
    model.layers = {layer};
    return model;
  }

  MatrixMap<double> input() { return {inputs_.data(), static_cast<Index>(inputs_.size()), 1}; }

  WeightStore<double> weights_;
  std::unique_ptr<RecurrentLayer<double>> layer_;
  std::vector<double> inputs_;
  std::vector<std::uint8_t> masked_;
};

inline LayerSpec one_unit(Cell cell) {
  LayerSpec layer;
  layer.cell = cell;
  layer.units = 1;
  return layer;
}

}  // namespace rnnbench::eigen
