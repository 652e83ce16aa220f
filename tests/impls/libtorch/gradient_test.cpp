// Catches: an operation outside of the graph, a mask or a gate that the way back doesn't see, a computation
// that leaves double precision on its way.
#include <gtest/gtest.h>

#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/gradient_check.hpp"

namespace rnnbench {
namespace {

constexpr int kWords = 5;
constexpr int kSteps = 4;

void expect_gradients_match(const ModelSpec& model, const std::optional<DropoutDraw>& draw,
                            const SampleBatch& batch) {
  EngineSetup setup = double_setup(model);
  setup.vocabulary = kWords;
  const auto engine = started_engine("libtorch", setup);
  Parameters weights = engine->state();
  const Parameters gradients = engine->gradients(batch.view(), draw).gradients;
  const auto loss = [&] {
    engine->set_state(weights);
    return engine->gradients(batch.view(), draw).loss;
  };
  EXPECT_EQ(gradients.contains("embedding.weight"), model.embedding.trainable);
  for (const auto& [name, gradient] : gradients) {
    std::span<double> values = weights.at(name).values;
    std::span<const double> of_values = gradient.values;
    if (name == "embedding.weight" && model.embedding.zero_padding) {
      const auto size = static_cast<std::size_t>(model.embedding.size);
      for (const double entry : of_values.first(size)) EXPECT_EQ(entry, 0);
      values = values.subspan(size);
      of_values = of_values.subspan(size);
    }
    EXPECT_TRUE(gradient_matches(name, values, of_values, loss));
  }
}

SampleBatch front_padded() { return sample_batch(3, kSteps, kWords, 21, PaddingSide::kFront); }
SampleBatch end_padded() { return sample_batch(3, kSteps, kWords, 22); }

TEST(LibtorchGradients, OfEveryLayerMatchFiniteDifferences) {
  for (const LayerSpec& layer : every_layer(2)) {
    SCOPED_TRACE(text_of(layer));
    ModelSpec model = tiny_rnn();
    model.embedding.size = 2;
    model.layers = {layer};
    model.pooling = Pooling::kMean;
    expect_gradients_match(model, std::nullopt, end_padded());
  }
}

TEST(LibtorchGradients, OfEveryLayerWithMasksAndDropoutMatchFiniteDifferences) {
  for (LayerSpec layer : every_layer(2)) {
    SCOPED_TRACE(text_of(layer));
    layer.input_dropout = 0.2;
    layer.recurrent_dropout = 0.3;
    layer.output_dropout = 0.2;
    ModelSpec model = tiny_rnn();
    model.embedding.size = 2;
    model.embedding.mask_padding = true;
    model.embedding.spatial_dropout = 0.2;
    model.layers = {layer};
    model.pooling = Pooling::kMean;
    expect_gradients_match(model, DropoutDraw{3, 1},
                           layer.cell == Cell::kLstm ? front_padded() : end_padded());
  }
}

TEST(LibtorchGradients, OfStackedLayersOfDifferentCellsMatchFiniteDifferences) {
  ModelSpec model = tiny_rnn();
  model.embedding.size = 2;
  model.layers = {every_cell_both_ways(2)[2], every_cell_both_ways(2)[4]};  // an LSTM and a GRU
  model.layers[1].bidirectional = false;
  model.layers[0].input_dropout = model.layers[1].recurrent_dropout = 0.3;
  model.dropout = 0.2;
  model.dense = {{2, Activation::kTanh, 0.2}};
  model.head = Head::kSigmoid;
  for (const Pooling pooling : {Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax}) {
    for (const bool masks : {false, true}) {
      SCOPED_TRACE(std::string(name_of(pooling)) + (masks ? " masked" : ""));
      model.pooling = pooling;
      model.embedding.mask_padding = masks;
      expect_gradients_match(model, DropoutDraw{3, 2}, end_padded());
    }
  }
}

// Catches: a gradient for the padding row or for a table that stays as it is.
TEST(LibtorchGradients, OfZeroPaddingAndAFrozenTableMatchFiniteDifferences) {
  for (const bool trainable : {true, false}) {
    SCOPED_TRACE(trainable ? "trainable" : "frozen");
    ModelSpec model = tiny_rnn();
    model.embedding.zero_padding = true;
    model.embedding.trainable = trainable;
    model.dense = {{4, Activation::kRelu, 0}};
    model.pooling = Pooling::kMean;
    expect_gradients_match(model, std::nullopt, end_padded());
  }
}

TEST(LibtorchGradients, OfDoublePrecisionKeepMoreThanSinglePrecisionHolds) {
  const auto engine = started_engine("libtorch", double_setup(tiny_rnn()));
  const SampleBatch batch = sample_batch(4, kTime, kVocabulary, 23);
  const auto holds_more = [](const Tensor& tensor) {
    return tensor.values[5] != static_cast<float>(tensor.values[5]);
  };
  EXPECT_TRUE(
      holds_more(engine->gradients(batch.view(), std::nullopt).gradients.at("layers.0.input_kernel")));
  EXPECT_TRUE(holds_more(engine->activations(batch.view()).at("layers.0")));
  train(*engine, batch, 1);
  EXPECT_TRUE(holds_more(engine->state().at("layers.0.input_kernel")));
  EXPECT_TRUE(holds_more(engine->state().at("optimizer.v/layers.0.input_kernel")));
}

}  // namespace
}  // namespace rnnbench
