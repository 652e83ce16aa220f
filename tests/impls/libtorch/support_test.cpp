#include "impls/libtorch/support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string obstacle(const ModelSpec& model, const TrainingSpec& training = {}) {
  return libtorch_obstacle(model, training, Device::kCpu);
}

TEST(LibtorchSupport, RunsThePublishedModelsThatNeedNoMaskOrVectors) {
  const auto models = reported_models();
  EXPECT_THAT(obstacle(models[0].model, models[0].training), IsEmpty());
  EXPECT_THAT(obstacle(models[1].model, models[1].training), HasSubstr("mask_padding"));
  EXPECT_THAT(obstacle(models[3].model, models[3].training), IsEmpty());
  EXPECT_THAT(obstacle(models[4].model, models[4].training), HasSubstr("spatial_dropout"));
  EXPECT_THAT(obstacle(models[5].model, models[5].training), IsEmpty());
}

TEST(LibtorchSupport, NamesTheSettingOfAnyLayer) {
  const auto with_second_layer = [](auto change) {
    ModelSpec model = tiny_rnn();
    model.layers.push_back(model.layers[0]);
    change(model.layers[1]);
    return model;
  };
  EXPECT_THAT(obstacle(with_second_layer([](LayerSpec& l) { l.cell = Cell::kGru; })), HasSubstr("gru"));
  EXPECT_THAT(obstacle(with_second_layer([](LayerSpec& l) { l.bidirectional = true; })),
              HasSubstr("bidirectional"));
  EXPECT_THAT(obstacle(with_second_layer([](LayerSpec& l) { l.input_dropout = 0.1; })),
              HasSubstr("input_dropout"));
  EXPECT_THAT(obstacle(with_second_layer([](LayerSpec& l) { l.recurrent_dropout = 0.1; })),
              HasSubstr("recurrent_dropout"));
  EXPECT_THAT(obstacle(with_second_layer([](LayerSpec& l) { l.activation = Activation::kNone; })),
              HasSubstr("activation none"));
  EXPECT_THAT(obstacle(with_second_layer([](LayerSpec& l) { l.output_dropout = 0.1; })), IsEmpty());
}

TEST(LibtorchSupport, NamesWordVectors) {
  ModelSpec model = tiny_rnn();
  model.embedding.vectors = "some-vectors";
  EXPECT_THAT(obstacle(model), HasSubstr("vectors"));
}

TEST(LibtorchSupport, RefusesDecaysThatTheOptimizerWouldIgnore) {
  TrainingSpec training;
  training.optimizer.decay = 0.1;
  EXPECT_THAT(obstacle(tiny_rnn(), training), HasSubstr("decay"));
  training.optimizer = {};
  training.optimizer.kind = OptimizerKind::kAdamW;
  training.optimizer.l2 = 0.1;
  EXPECT_THAT(obstacle(tiny_rnn(), training), HasSubstr("l2"));
}

}  // namespace
}  // namespace rnnbench
