#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

TEST(LibtorchState, GoesOnBitForBitFromItsState) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 8);
  for (const OptimizerKind kind : {OptimizerKind::kSgd, OptimizerKind::kAdam, OptimizerKind::kAdamW}) {
    TrainingSpec training;
    training.optimizer.kind = kind;
    training.optimizer.momentum = kind == OptimizerKind::kSgd ? 0.9 : 0;
    training.clip_norm = 0.1;
    const auto engine = started_engine("libtorch", tiny_setup(tiny_rnn(), training));
    train(*engine, batch, 3);
    const auto resumed = make_engine("libtorch", tiny_setup(tiny_rnn(), training));
    resumed->set_state(engine->state());
    EXPECT_TRUE(identical(resumed->state(), engine->state()));
    train(*engine, batch, 3);
    train(*resumed, batch, 3);
    EXPECT_TRUE(identical(resumed->state(), engine->state())) << name_of(kind);
    EXPECT_EQ(engine->state().at("optimizer.step").values[0], 6);
  }
}

TEST(LibtorchState, StateWithoutOptimizerStartsItAnew) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 9);
  const auto engine = started_engine("libtorch", tiny_setup());
  const Parameters initial = engine->state();
  EXPECT_FALSE(initial.contains("optimizer.step"));
  train(*engine, batch, 2);
  const Parameters after = engine->state();
  engine->set_state(initial);
  EXPECT_TRUE(identical(engine->state(), initial));
  train(*engine, batch, 2);
  EXPECT_TRUE(identical(engine->state(), after));
}

TEST(LibtorchState, DropoutDrawsTheSameBesideAnotherEngine) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 10);
  ModelSpec model = tiny_rnn();
  model.layers[0].output_dropout = 0.5;
  const EngineSetup setup = tiny_setup(model);
  const auto alone = started_engine("libtorch", setup);
  train(*alone, batch, 4);
  const auto one = started_engine("libtorch", setup);
  const auto other = started_engine("libtorch", setup);
  for (int step = 0; step < 4; ++step) {
    train(*one, batch, 1);
    train(*other, batch, 1);
  }
  EXPECT_TRUE(identical(one->state(), alone->state()));
  EXPECT_TRUE(identical(other->state(), alone->state()));
  EngineSetup reseeded = setup;
  ++reseeded.dropout_seed;
  const auto different = started_engine("libtorch", reseeded);
  train(*different, batch, 4);
  EXPECT_FALSE(identical(different->state(), alone->state()));
}

TEST(LibtorchState, LeavesFrozenEmbeddingAndPaddingRowAlone) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 12);
  ModelSpec model = tiny_rnn();
  model.embedding.zero_padding = true;
  const auto padded = started_engine("libtorch", tiny_setup(model));
  train(*padded, batch, 2);
  const Tensor weights = padded->state().at("embedding.weight");
  EXPECT_THAT(std::vector<float>(weights.values.begin(), weights.values.begin() + 3), testing::Each(0.0F));
  model.embedding.trainable = false;
  const auto frozen = started_engine("libtorch", tiny_setup(model));
  const Tensor before = frozen->state().at("embedding.weight");
  train(*frozen, batch, 2);
  const Parameters after = frozen->state();
  EXPECT_EQ(after.at("embedding.weight").values, before.values);
  EXPECT_FALSE(after.contains("optimizer.m/embedding.weight"));
  EXPECT_FALSE(frozen->gradients(batch.view(), std::nullopt).gradients.contains("embedding.weight"));
}

TEST(LibtorchState, OneBiasStaysOne) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 13);
  ModelSpec one = tiny_rnn();
  one.layers[0].biases = 1;
  const auto with_one = started_engine("libtorch", tiny_setup(one));
  const auto with_two = make_engine("libtorch", tiny_setup());
  train(*with_one, batch, 3);
  Parameters state = with_one->state();
  EXPECT_FALSE(state.contains("layers.0.recurrent_bias"));
  std::erase_if(state, [](const auto& entry) { return entry.first.starts_with("optimizer."); });
  state["layers.0.recurrent_bias"] = {{4}, {0, 0, 0, 0}};
  with_two->set_state(state);
  EXPECT_EQ(predictions(*with_one, batch), predictions(*with_two, batch));
}

}  // namespace
}  // namespace rnnbench
