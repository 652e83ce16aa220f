// What the libtorch engine does on a GPU against what it does on the CPU. Skipped, with the reason, where
// there is none.
#include <gmock/gmock.h>

#include "harness/data/encoded_data.hpp"
#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

constexpr int kReviews = 9;

/// Both recurrent paths, with every dropout and, where asked, masks.
ModelSpec rich_model(const LayerSpec& layer, bool masks) {
  ModelSpec model = tiny_rnn();
  model.embedding.mask_padding = masks;
  model.embedding.spatial_dropout = 0.1;
  model.layers = {layer, layer};
  model.layers[0].input_dropout = model.layers[0].output_dropout = 0.2;
  model.layers[1].recurrent_dropout = masks ? 0.2 : 0;
  model.pooling = Pooling::kMean;
  model.dropout = 0.1;
  return model;
}

class LibtorchOnCuda : public testing::Test {
 protected:
  void SetUp() override {
    const std::string obstacle = engine_obstacle("libtorch", tiny_rnn(), {}, Device::kCuda);
    if (!obstacle.empty()) GTEST_SKIP() << obstacle;
  }

  static EngineSetup on(Device device, EngineSetup setup) {
    setup.device = device;
    setup.shared_masks = true;
    return setup;
  }

  const SampleBatch batch_ = sample_batch(kReviews, kTime, kVocabulary, 81);
};

TEST_F(LibtorchOnCuda, GivesTheGradientsOfTheCpu) {
  for (const LayerSpec& layer : every_layer(8)) {
    for (const bool masks : {false, true}) {
      for (const Precision precision : {Precision::kSingle, Precision::kDouble}) {
        EngineSetup setup = tiny_setup(rich_model(layer, masks));
        setup.precision = precision;
        const auto gradients = [&](Device device) {
          return started_engine("libtorch", on(device, setup))->gradients(batch_.view(), DropoutDraw{7, 3});
        };
        const LossAndGradients expected = gradients(Device::kCpu);
        const LossAndGradients actual = gradients(Device::kCuda);
        const double bound = precision == Precision::kSingle ? 1e-4 : 1e-9;
        EXPECT_NEAR(actual.loss, expected.loss, bound) << text_of(layer);
        EXPECT_TRUE(near(actual.gradients, expected.gradients, RelativeToLargest{bound})) << text_of(layer);
      }
    }
  }
}

TEST_F(LibtorchOnCuda, TakesTheStepsOfTheCpu) {
  for (const OptimizerKind kind :
       {OptimizerKind::kSgd, OptimizerKind::kRmsprop, OptimizerKind::kAdam, OptimizerKind::kAdamW}) {
    for (const UpdateForm form : {UpdateForm::kPytorch, UpdateForm::kKeras}) {
      TrainingSpec training;
      training.optimizer.kind = kind;
      training.optimizer.form = form;
      training.clip_norm = 0.5;
      const auto trained = [&](Device device) {
        const auto engine = started_engine("libtorch", on(device, double_setup(tiny_rnn(), training)));
        train(*engine, batch_, 3);
        return engine->state();
      };
      EXPECT_TRUE(near(trained(Device::kCuda), trained(Device::kCpu), RelativeToLargest{1e-7}))
          << name_of(kind) << " " << name_of(form);
    }
  }
}

TEST_F(LibtorchOnCuda, RerunsBitForBit) {
  for (const LayerSpec& layer : every_cell_both_ways(24)) {
    EngineSetup setup = on(Device::kCuda, tiny_setup(rich_model(layer, /*masks=*/false)));
    setup.shared_masks = false;
    const auto trained = [&] {
      const auto engine = started_engine("libtorch", setup);
      train(*engine, batch_, 5);
      return engine->state();
    };
    EXPECT_TRUE(identical(trained(), trained())) << text_of(layer);
  }
}

TEST_F(LibtorchOnCuda, KeepsAPartOfTheDataAndTrainsOnItAlike) {
  EncodedData data;
  data.time = kTime;
  data.vocabulary = kVocabulary;
  data.train = {batch_.ids, batch_.lengths, batch_.labels, "sample"};
  BatchBuffer buffer;
  const Batch kept = buffer.gather(data, data.train, std::vector<std::uint32_t>{4, 0, 7});
  Batch alone = kept;
  alone.origin = {};
  const auto engine = started_engine("libtorch", on(Device::kCuda, tiny_setup()));
  const LossAndGradients expected = engine->gradients(alone, std::nullopt);
  EXPECT_TRUE(identical(engine->gradients(kept, std::nullopt).gradients, expected.gradients));
}

TEST_F(LibtorchOnCuda, TimesItsStepsAndKnowsItsMemory) {
  const auto engine = started_engine("libtorch", on(Device::kCuda, tiny_setup()));
  train(*engine, batch_, 4);
  const DeviceUse use = engine->take_device_use();
  ASSERT_EQ(use.step_ns.size(), 4U);
  for (std::size_t step = 0; step < 4; ++step) {
    EXPECT_GT(use.forward_ns[step], 0);
    EXPECT_NEAR(static_cast<double>(use.step_ns[step]),
                static_cast<double>(use.forward_ns[step] + use.backward_ns[step] + use.optimizer_ns[step]),
                1e4);
  }
  EXPECT_GT(use.memory_peak, 0);
  EXPECT_TRUE(engine->take_device_use().step_ns.empty());
}

TEST_F(LibtorchOnCuda, SaysThatItsLayersRunOnCudnnAndHowExactlyItComputes) {
  TrainingSpec training;
  training.tf32 = true;
  training.deterministic = false;
  const auto engine = started_engine("libtorch", on(Device::kCuda, tiny_setup(tiny_rnn(), training)));
  const Json description = Json::parse(engine->describe());
  EXPECT_THAT(description.at("layers").at(0).get<std::string>(), testing::EndsWith(", cuDNN"));
  EXPECT_EQ(description.at("tf32_matmul"), true);
  EXPECT_EQ(description.at("deterministic"), false);
  const Json by_default =
      Json::parse(started_engine("libtorch", on(Device::kCuda, tiny_setup()))->describe());
  EXPECT_EQ(by_default.at("tf32_matmul"), false);
  EXPECT_EQ(by_default.at("deterministic"), true);
}

}  // namespace
}  // namespace rnnbench
