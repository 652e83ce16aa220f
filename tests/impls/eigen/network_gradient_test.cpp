#include <gtest/gtest.h>

#include <ostream>

#include "impls/eigen/network.hpp"
#include "tests/support/gradient_check.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench::eigen {
namespace {

constexpr int kWords = 7;

struct GradientCase {
  std::string name;
  ModelSpec model;
  bool with_dropout = false;
  PaddingSide side = PaddingSide::kEnd;
  int time = 5;
};
std::ostream& operator<<(std::ostream& out, const GradientCase& one) { return out << one.name; }

LayerSpec rnn(int units, Activation activation, int biases, double output_dropout = 0) {
  LayerSpec layer;
  layer.units = units;
  layer.activation = activation;
  layer.biases = biases;
  layer.output_dropout = output_dropout;
  return layer;
}

/// One of each cell with a single bias, the GRU in both conventions.
std::vector<LayerSpec> one_bias_layers() {
  std::vector<LayerSpec> layers(4, rnn(4, Activation::kTanh, 1));
  layers[1].cell = Cell::kLstm;
  layers[2].cell = layers[3].cell = Cell::kGru;
  layers[3].reset_after = false;
  return layers;
}

std::vector<GradientCase> gradient_cases() {
  std::vector<GradientCase> cases;
  for (const Pooling pooling : {Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax}) {
    for (const Head head : {Head::kSoftmax, Head::kSigmoid}) {
      ModelSpec model = tiny_rnn();
      model.pooling = pooling;
      model.head = head;
      const std::string name = std::string(name_of(pooling)) + "_" + name_of(head);
      cases.push_back({name, model});
      model.layers = {rnn(4, Activation::kTanh, 1, 0.4), rnn(3, Activation::kTanh, 2, 0.2)};
      model.dropout = 0.3;
      model.dense = {{5, Activation::kTanh, 0.25}, {3, Activation::kNone, 0}};
      cases.push_back({name + "_deep_dropout", model, true});
      cases.push_back({name + "_deep_front", model, false, PaddingSide::kFront});
    }
  }
  ModelSpec relu = tiny_rnn();
  relu.layers = {rnn(4, Activation::kRelu, 2), rnn(4, Activation::kRelu, 1)};
  relu.dense = {{6, Activation::kRelu, 0.2}};
  relu.pooling = Pooling::kMean;
  cases.push_back({"relu", relu, true});
  ModelSpec zero_padding = tiny_rnn();
  zero_padding.embedding.zero_padding = true;
  zero_padding.pooling = Pooling::kMean;
  cases.push_back({"zero_padding", zero_padding});
  for (const Cell cell : {Cell::kRnn, Cell::kLstm, Cell::kGru}) {
    for (const Pooling pooling : {Pooling::kLast, Pooling::kMean, Pooling::kMax}) {
      ModelSpec model = tiny_rnn();
      model.embedding.mask_padding = true;
      model.embedding.spatial_dropout = 0.3;
      model.layers[0].cell = cell;
      model.layers[0].bidirectional = true;
      model.layers[0].input_dropout = 0.3;
      model.layers[0].recurrent_dropout = 0.4;
      model.layers.push_back(model.layers[0]);
      model.layers[1].bidirectional = false;
      model.layers[1].reset_after = false;
      model.pooling = pooling;
      cases.push_back({std::string("masked_") + name_of(cell) + "_" + name_of(pooling), model, true});
      cases.push_back({std::string("masked_front_") + name_of(cell) + "_" + name_of(pooling), model, true,
                       PaddingSide::kFront});
    }
  }
  ModelSpec dropped_relu = tiny_rnn();
  dropped_relu.embedding.mask_padding = true;
  dropped_relu.layers = {rnn(5, Activation::kRelu, 2, 0.2)};
  dropped_relu.layers[0].bidirectional = true;
  dropped_relu.layers[0].input_dropout = 0.3;
  dropped_relu.layers[0].recurrent_dropout = 0.4;
  dropped_relu.dense = {{6, Activation::kRelu, 0.2}};
  dropped_relu.pooling = Pooling::kMean;
  cases.push_back({"masked_relu_both_ways_dropout", dropped_relu, true});
  for (const LayerSpec& layer : one_bias_layers()) {
    const std::string cell = std::string(name_of(layer.cell)) + (layer.reset_after ? "" : "_reset_before");
    ModelSpec model = tiny_rnn();
    model.layers = {layer};
    model.pooling = Pooling::kMax;
    if (layer.cell != Cell::kRnn) cases.push_back({"one_bias_" + cell + "_max", model});
    model.embedding.mask_padding = true;
    model.pooling = Pooling::kLastValid;
    cases.push_back({"one_bias_masked_" + cell + "_last_valid", model});
  }
  // Longer than the pieces in which a layer takes its dropped inputs.
  ModelSpec long_reviews = tiny_rnn();
  long_reviews.layers[0].input_dropout = 0.3;
  long_reviews.layers[0].bidirectional = true;
  long_reviews.pooling = Pooling::kMean;
  cases.push_back({"long_reviews", long_reviews, true, PaddingSide::kEnd, 37});
  ModelSpec frozen = tiny_rnn();
  frozen.embedding.trainable = false;
  cases.push_back({"frozen", frozen});
  return cases;
}

class NetworkGradient : public testing::TestWithParam<GradientCase> {
 protected:
  NetworkGradient() : network_(GetParam().model, kWords) {
    for (const auto& [name, tensor] : initial_parameters(GetParam().model, kWords, 3)) {
      std::copy(tensor.values.begin(), tensor.values.end(), weight_at(name));
    }
  }

  double* weight_at(const std::string& name) { return network_.weights().weight(name).data(); }

  Network<double> network_;
};

// Catches: a sign or a term of the way back that is wrong, a weight left out, a mask that is not applied on
// the way back, a state or pooled slot of the wrong step.
TEST_P(NetworkGradient, MatchesFiniteDifferences) {
  const SampleBatch batch = sample_batch(4, GetParam().time, kWords, 9, GetParam().side);
  std::optional<DropoutDraw> draw;
  if (GetParam().with_dropout) draw = DropoutDraw{17, 2};
  const auto loss = [&] { return network_.forward(batch.view(), draw).mean; };
  loss();
  network_.backward(batch.view());
  for (const auto& [name, slot] : network_.weights().slots()) {
    if (!slot.trainable) continue;
    const MatrixMap<double> values = network_.weights().gradient(name);
    std::vector<double> gradient(values.data(), values.data() + values.size());
    std::span<double> weights(weight_at(name), gradient.size());
    if (name == "embedding.weight" && GetParam().model.embedding.zero_padding) {
      const auto row = static_cast<std::size_t>(slot.shape[1]);
      EXPECT_EQ(std::vector(gradient.begin(), gradient.begin() + slot.shape[1]), std::vector<double>(row));
      gradient.erase(gradient.begin(), gradient.begin() + slot.shape[1]);
      weights = weights.subspan(row);
    }
    EXPECT_TRUE(gradient_matches(name, weights, gradient, loss));
  }
}

// Catches: gradients that pile up from one batch to the next, in the embedding above all.
TEST_P(NetworkGradient, OfOneBatchForgetsTheBatchBefore) {
  const SampleBatch first = sample_batch(5, 6, kWords, 1);
  const SampleBatch second = sample_batch(4, 5, kWords, 9);
  const auto run = [&](const SampleBatch& batch) {
    network_.forward(batch.view(), std::nullopt);
    network_.backward(batch.view());
    return network_.weights().gradients();
  };
  const auto alone = run(second);
  run(first);
  EXPECT_TRUE((run(second) == alone).all());
}

TEST_P(NetworkGradient, NormIsThatOfAllGradients) {
  const SampleBatch batch = sample_batch(4, 5, kWords, 9);
  network_.forward(batch.view(), std::nullopt);
  network_.backward(batch.view());
  EXPECT_NEAR(network_.gradient_norm(), std::sqrt(network_.weights().gradients().square().sum()), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Models, NetworkGradient, testing::ValuesIn(gradient_cases()),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace rnnbench::eigen
