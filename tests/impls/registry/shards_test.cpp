// Catches: sums whose order depends on who takes a shard, a count of shards that no step hears of.
#include <gtest/gtest.h>

#include <tuple>
#include <utility>
#include <vector>

#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"

namespace rnnbench {
namespace {

constexpr int kShardWords = 60;

ModelSpec wide_model(Cell cell, bool bidirectional, double dropout) {
  ModelSpec model;
  model.embedding.size = 12;
  for (const int units : {20, 9}) {
    LayerSpec& layer = model.layers.emplace_back();
    layer.cell = cell;
    layer.units = units;
    layer.bidirectional = bidirectional;
    layer.input_dropout = dropout;
  }
  model.pooling = Pooling::kMean;
  return model;
}

/// The state after three steps, and what it predicts of the first batch.
std::pair<Parameters, std::vector<float>> trained(const ModelSpec& model, int threads, int shards) {
  TrainingSpec training;
  training.clip_norm = 0.1;
  EngineSetup setup = single_thread_setup(model, training, kShardWords, /*length=*/15);
  setup.training.threads = threads;
  setup.training.shards = shards;
  const std::unique_ptr<Engine> engine = started_engine("fused", setup);
  NullPhaseClock phases;
  for (std::uint64_t step = 1; step <= 3; ++step) {
    engine->train_step(sample_batch(75, 15, kShardWords, step).view(), 0.01, phases);
  }
  const SampleBatch batch = sample_batch(75, 15, kShardWords, 1);
  std::vector<float> positive(batch.labels.size());
  engine->predict(batch.view(), positive);
  return {engine->state(), positive};
}

class Shards : public testing::TestWithParam<std::tuple<Cell, bool, double>> {
 protected:
  ModelSpec model() const {
    return wide_model(std::get<0>(GetParam()), std::get<1>(GetParam()), std::get<2>(GetParam()));
  }
};

TEST_P(Shards, GiveTheSameBitsOnAnyNumberOfThreads) {
  const auto [state, positive] = trained(model(), /*threads=*/1, /*shards=*/3);
  for (const int threads : {2, 3, 5}) {
    const auto [other, others_positive] = trained(model(), threads, /*shards=*/3);
    EXPECT_TRUE(identical(state, other)) << threads << " threads";
    EXPECT_EQ(positive, others_positive) << threads << " threads";
  }
}

TEST_P(Shards, AreOneAThreadWhereNoneAreAskedFor) {
  EXPECT_TRUE(identical(trained(model(), 3, 0).first, trained(model(), 3, 3).first));
  EXPECT_FALSE(identical(trained(model(), 1, 0).first, trained(model(), 1, 3).first))
      << "sums in another order give other bits: the count had no effect";
}

INSTANTIATE_TEST_SUITE_P(Models, Shards,
                         testing::Combine(testing::Values(Cell::kRnn, Cell::kLstm, Cell::kGru),
                                          testing::Bool(), testing::Values(0.0, 0.3)));

}  // namespace
}  // namespace rnnbench
