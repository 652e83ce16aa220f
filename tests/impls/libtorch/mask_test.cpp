// Masked steps pass the state through: a review means the same with and without padding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

using testing::Each;

ModelSpec masked_model(const LayerSpec& layer, Pooling pooling) {
  ModelSpec model = tiny_rnn();
  model.embedding.mask_padding = true;
  model.layers = {layer, layer};
  model.pooling = pooling;
  return model;
}

/// A batch of one review, its words padded to `time`.
SampleBatch padded(const std::vector<std::int32_t>& words, int time, PaddingSide side) {
  SampleBatch batch{{}, {static_cast<std::int32_t>(words.size())}, {1}, time, side == PaddingSide::kFront};
  batch.ids.assign(static_cast<std::size_t>(time), 0);
  const auto first = side == PaddingSide::kFront ? batch.ids.end() - std::ssize(words) : batch.ids.begin();
  std::copy(words.begin(), words.end(), first);
  return batch;
}

class LibtorchMasks : public testing::TestWithParam<Pooling> {};

TEST_P(LibtorchMasks, PaddingChangesNothing) {
  const std::vector<std::int32_t> words = {3, 7, 5};
  for (const LayerSpec& layer : every_layer(4)) {
    SCOPED_TRACE(text_of(layer));
    const auto engine = started_engine("libtorch", double_setup(masked_model(layer, GetParam())));
    const SampleBatch bare = padded(words, 3, PaddingSide::kEnd);
    const LossAndGradients expected = engine->gradients(bare.view(), std::nullopt);
    for (const PaddingSide side : {PaddingSide::kFront, PaddingSide::kEnd}) {
      // The backward direction begins at the end: its last slot is padding that nothing came before.
      const bool starts_on_padding = side == PaddingSide::kEnd && layer.bidirectional;
      if (starts_on_padding && GetParam() == Pooling::kLast) continue;
      const SampleBatch batch = padded(words, kTime, side);
      const LossAndGradients actual = engine->gradients(batch.view(), std::nullopt);
      EXPECT_NEAR(actual.loss, expected.loss, 1e-13);
      EXPECT_TRUE(near(actual.gradients, expected.gradients, RelativeToLargest{1e-11}));
    }
  }
}

TEST_P(LibtorchMasks, AMaskedStepHasNoGradient) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 41);
  for (const LayerSpec& layer : every_layer(4)) {
    const auto engine = started_engine("libtorch", double_setup(masked_model(layer, GetParam())));
    const Parameters gradients = engine->gradients(batch.view(), std::nullopt).gradients;
    const std::vector<double>& embedding = gradients.at("embedding.weight").values;
    EXPECT_THAT(std::vector(embedding.begin(), embedding.begin() + 3), Each(0.0)) << text_of(layer);
    EXPECT_THAT(embedding, testing::Contains(testing::Ne(0.0))) << text_of(layer);
  }
}

TEST_P(LibtorchMasks, AReviewWithoutWordsIsZeros) {
  for (const LayerSpec& layer : every_layer(4)) {
    SCOPED_TRACE(text_of(layer));
    const auto engine = started_engine("libtorch", double_setup(masked_model(layer, GetParam())));
    const SampleBatch batch = padded({}, kTime, PaddingSide::kEnd);
    EXPECT_THAT(engine->activations(batch.view()).at("layers.1").values, Each(0.0));
    for (const auto& [name, gradient] : engine->gradients(batch.view(), std::nullopt).gradients) {
      if (name == "head.bias") continue;
      EXPECT_THAT(gradient.values, Each(0.0)) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Poolings, LibtorchMasks,
                         testing::Values(Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax),
                         [](const auto& info) { return std::string(name_of(info.param)); });

TEST(LibtorchMaskedSteps, GiveTheStateThatTheyPassThrough) {
  ModelSpec model = masked_model(every_cell_both_ways(4)[2], Pooling::kLast);  // an LSTM
  model.layers.pop_back();
  const auto engine = started_engine("libtorch", tiny_setup(model));
  // The padding id may stand anywhere: between words both directions hold their state.
  const SampleBatch batch{{3, 0, 7}, {3}, {1}, 3, false};
  const std::vector<double> out = engine->activations(batch.view()).at("layers.0").values;
  for (std::size_t unit = 0; unit < 4; ++unit) {
    EXPECT_EQ(out[8 + unit], out[unit]);               // forward: what the first step left
    EXPECT_EQ(out[8 + 4 + unit], out[16 + 4 + unit]);  // backward: what the last step left
  }
}

TEST(LibtorchMaskedSteps, AreStepsLikeOthersWithoutTheSetting) {
  ModelSpec model = masked_model(every_layer(4)[0], Pooling::kLast);
  model.embedding.mask_padding = false;
  const auto engine = started_engine("libtorch", tiny_setup(model));
  EXPECT_NE(predictions(*engine, padded({3, 7}, kTime, PaddingSide::kEnd)),
            predictions(*engine, padded({3, 7}, 2, PaddingSide::kEnd)));
}

}  // namespace
}  // namespace rnnbench
