// The same work gives the same bits, and near ones however it is divided.
#include <gtest/gtest.h>

#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

/// Stacked layers on both paths, with every dropout and masks.
ModelSpec rich_model(const LayerSpec& layer, bool masks) {
  ModelSpec model = tiny_rnn();
  model.embedding.size = 16;
  model.embedding.mask_padding = masks;
  model.embedding.spatial_dropout = 0.1;
  model.layers = {layer, layer};
  model.layers[0].input_dropout = model.layers[0].output_dropout = 0.2;
  model.layers[1].recurrent_dropout = 0.2;
  model.pooling = masks ? Pooling::kMean : Pooling::kMax;
  return model;
}

Parameters trained(const EngineSetup& setup) {
  const auto engine = started_engine("libtorch", setup);
  const SampleBatch batch = sample_batch(64, 9, kVocabulary, 71);
  train(*engine, batch, 3, 1e-3);
  return engine->state();
}

TEST(LibtorchRepetition, GivesTheSameBitsOnOneThread) {
  for (const LayerSpec& layer : every_cell_both_ways(24)) {
    for (const bool masks : {false, true}) {
      const EngineSetup setup = tiny_setup(rich_model(layer, masks));
      EXPECT_TRUE(identical(trained(setup), trained(setup))) << text_of(layer);
    }
  }
}

TEST(LibtorchRepetition, TwoThreadsGiveWhatOneDoes) {
  for (const LayerSpec& layer : every_cell_both_ways(24)) {
    for (const bool masks : {false, true}) {
      TrainingSpec training;
      training.optimizer.kind = OptimizerKind::kSgd;
      EngineSetup setup = tiny_setup(rich_model(layer, masks), training);
      setup.shared_masks = true;
      const Parameters one = trained(setup);
      setup.training.threads = 2;
      EXPECT_TRUE(near(trained(setup), one, RelativeToLargest{1e-5})) << text_of(layer);
    }
  }
}

TEST(LibtorchRepetition, AReviewIsPredictedAloneAsAmong64) {
  const SampleBatch batch = sample_batch(64, 9, kVocabulary, 72);
  for (const LayerSpec& layer : every_cell_both_ways(24)) {
    for (const bool masks : {false, true}) {
      const auto engine = started_engine("libtorch", tiny_setup(rich_model(layer, masks)));
      const std::vector<float> together = predictions(*engine, batch);
      for (int review = 0; review < 64; review += 7) {
        EXPECT_NEAR(predictions(*engine, batch.rows(review, 1))[0],
                    together[static_cast<std::size_t>(review)], 1e-6)
            << text_of(layer);
      }
    }
  }
}

}  // namespace
}  // namespace rnnbench
