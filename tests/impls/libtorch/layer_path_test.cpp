// The composed layers against torch::nn's own, and what an engine says of the path it takes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/settings.hpp"
#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

std::string first_path(const Engine& engine) {
  return Json::parse(engine.describe()).at("layers").at(0).get<std::string>();
}

std::string path_of(const ModelSpec& model) {
  return first_path(*started_engine("libtorch", tiny_setup(model)));
}

TEST(LibtorchLayerPath, NamesTorchsLayerOrTheReasonsAgainstIt) {
  EXPECT_EQ(path_of(tiny_rnn()), "torch::nn::RNN");
  EXPECT_EQ(path_of(tiny_model([](LayerSpec& l) { l.cell = Cell::kLstm; })), "torch::nn::LSTM");
  EXPECT_EQ(path_of(tiny_model([](LayerSpec& l) { l.cell = Cell::kGru; })), "torch::nn::GRU");
  EXPECT_EQ(path_of(tiny_model([](LayerSpec& l) { l.bidirectional = true; })), "torch::nn::RNN");
  EXPECT_EQ(path_of(tiny_model([](LayerSpec& l) {
              l.bidirectional = true;
              l.input_dropout = 0.1;
            })),
            "torch::nn::RNN, one a direction");
  ModelSpec masked = tiny_model([](LayerSpec& l) {
    l.cell = Cell::kGru;
    l.reset_after = false;
    l.recurrent_dropout = 0.1;
  });
  masked.embedding.mask_padding = true;
  EXPECT_EQ(path_of(masked), "composed: mask_padding, recurrent_dropout, reset_after = false");
}

/// Same loss, gradients and outputs, in double precision.
void expect_same(const ModelSpec& actual, const ModelSpec& expected, const SampleBatch& batch) {
  const auto one = started_engine("libtorch", double_setup(actual));
  const auto other = started_engine("libtorch", double_setup(expected));
  ASSERT_NE(first_path(*one), first_path(*other));
  const LossAndGradients mine = one->gradients(batch.view(), std::nullopt);
  const LossAndGradients theirs = other->gradients(batch.view(), std::nullopt);
  EXPECT_NEAR(mine.loss, theirs.loss, 1e-13);
  EXPECT_TRUE(near(mine.gradients, theirs.gradients, RelativeToLargest{1e-11}));
  EXPECT_TRUE(
      near(one->activations(batch.view()), other->activations(batch.view()), RelativeToLargest{1e-12}));
}

TEST(LibtorchLayerPath, ComposedLayersComputeWhatTorchsOwnDo) {
  const SampleBatch batch = sample_batch(7, kTime, kVocabulary, 31);
  for (const LayerSpec& layer : every_layer(4)) {
    if (!layer.reset_after) continue;  // torch has no such layer
    SCOPED_TRACE(text_of(layer));
    ModelSpec own = tiny_rnn();
    own.layers = {layer, layer};
    own.pooling = Pooling::kMean;
    ModelSpec composed = own;
    for (LayerSpec& changed : composed.layers) changed.recurrent_dropout = 0.5;  // not drawn here
    expect_same(composed, own, batch);
  }
}

TEST(LibtorchLayerPath, OneModuleADirectionComputesWhatOneForBothDoes) {
  const SampleBatch batch = sample_batch(7, kTime, kVocabulary, 32);
  for (const LayerSpec& layer : every_layer(4)) {
    if (!layer.reset_after || !layer.bidirectional) continue;
    SCOPED_TRACE(text_of(layer));
    ModelSpec together = tiny_rnn();
    together.layers = {layer};
    together.pooling = Pooling::kMax;
    ModelSpec apart = together;
    apart.layers[0].input_dropout = 0.5;  // not drawn here
    expect_same(apart, together, batch);
  }
}

TEST(LibtorchLayerPath, EveryLayerHasTheWeightsOfItsSpec) {
  for (const LayerSpec& layer : every_layer(4)) {
    for (const double recurrent_dropout : {0.0, 0.5}) {
      ModelSpec model = tiny_rnn();
      model.layers = {layer, layer};
      model.layers[1].recurrent_dropout = recurrent_dropout;
      model.dense = {{5, Activation::kRelu, 0}};
      std::map<std::string, std::vector<std::int64_t>> shapes;
      for (const auto& [name, tensor] : make_engine("libtorch", tiny_setup(model))->state()) {
        shapes[name] = tensor.shape;
      }
      EXPECT_EQ(shapes, parameter_shapes(model, kVocabulary)) << text_of(layer);
    }
  }
}

}  // namespace
}  // namespace rnnbench
