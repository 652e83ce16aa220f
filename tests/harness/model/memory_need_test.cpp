#include "harness/model/memory_need.hpp"

#include <gtest/gtest.h>

#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

MemoryNeed need_of(const ModelSpec& model, const OptimizerSpec& optimizer = {}) {
  return memory_need(model, optimizer, {.vocabulary = 10, .batch = 2, .length = 5});
}

// By hand: 20000·64 + 2·64·64 + 2·64 + 2·64 + 2 parameters; a slot keeps 64 of the embedding, 64 of the
// layer and 64 of its mask; a review 64 of pooling and 2 logits.
TEST(MemoryNeed, OfTheFirstReportedModel) {
  const SampleModel sample = reported_models().front();
  const MemoryNeed need =
      memory_need(sample.model, sample.training.optimizer, {.vocabulary = 20000, .batch = 32, .length = 200});
  EXPECT_EQ(need.parameters, 4.0 * 1'288'450);
  EXPECT_EQ(need.gradients, need.parameters);
  EXPECT_EQ(need.optimizer, 2 * need.parameters);
  EXPECT_EQ(need.activations, 4.0 * (6400 * 192 + 32 * 66) + 6400 * 4);
  EXPECT_EQ(need.working, 4.0 * 6400 * (64 + 64 + 64));
  EXPECT_EQ(need.total(), 4 * need.parameters + need.activations + need.working);
}

TEST(MemoryNeed, CountsWhatEachCellKeeps) {
  ModelSpec model = tiny_rnn();  // 3 features, 4 units; 10 slots
  const double rnn = need_of(model).activations;
  model.layers[0].cell = Cell::kGru;
  EXPECT_EQ(need_of(model).activations - rnn, 4 * 10 * 4 * (5 - 1));
  EXPECT_EQ(need_of(model).working, 4 * 10 * (4 * (3 + 1) + 3));
  model.layers[0].cell = Cell::kLstm;
  EXPECT_EQ(need_of(model).activations - rnn, 4 * 10 * 4 * (6 - 1));
  EXPECT_EQ(need_of(model).working, 4 * 10 * (4 * (4 + 1) + 3));
  model.layers[0].bidirectional = true;
  EXPECT_EQ(need_of(model).activations - rnn, 4 * (10 * 4 * (2 * 6 - 1) + 2 * 4));
}

TEST(MemoryNeed, CountsMasksAndDenseLayers) {
  ModelSpec model = tiny_rnn();
  const double plain = need_of(model).activations;
  const auto more = [&] { return (need_of(model).activations - plain) / (4 * 2); };  // scalars a review
  model.embedding.spatial_dropout = 0.1;
  EXPECT_EQ(more(), 3);
  model.layers[0].input_dropout = 0.1;
  EXPECT_EQ(more(), 3 + 3);
  model.layers[0].recurrent_dropout = 0.1;
  EXPECT_EQ(more(), 3 + 3 + 4);
  model.layers[0].output_dropout = 0.1;
  EXPECT_EQ(more(), 3 + 3 + 4 + 5 * 4);
  model.dropout = 0.1;
  EXPECT_EQ(more(), 3 + 3 + 4 + 5 * 4 + 4);
  model.dense = {{7, Activation::kRelu, 0.1}};
  EXPECT_EQ(more(), 3 + 3 + 4 + 5 * 4 + 4 + 2 * 7);
}

TEST(MemoryNeed, CountsTheStateOfEachOptimiser) {
  const auto states = [](OptimizerKind kind, double momentum) {
    OptimizerSpec optimizer;
    optimizer.kind = kind;
    optimizer.momentum = momentum;
    const MemoryNeed need = need_of(tiny_rnn(), optimizer);
    return need.optimizer / need.parameters;
  };
  EXPECT_EQ(states(OptimizerKind::kSgd, 0), 0);
  EXPECT_EQ(states(OptimizerKind::kSgd, 0.9), 1);
  EXPECT_EQ(states(OptimizerKind::kRmsprop, 0), 1);
  EXPECT_EQ(states(OptimizerKind::kRmsprop, 0.9), 2);
  EXPECT_EQ(states(OptimizerKind::kAdamW, 0), 2);
}

TEST(MemoryNeed, AFrozenEmbeddingHasNoGradient) {
  ModelSpec model = tiny_rnn();
  const MemoryNeed trained = need_of(model);
  model.embedding.trainable = false;
  const MemoryNeed frozen = need_of(model);
  EXPECT_EQ(frozen.parameters, trained.parameters);
  EXPECT_EQ(trained.gradients - frozen.gradients, 4 * 10 * 3);
  EXPECT_EQ(trained.optimizer - frozen.optimizer, 2 * 4 * 10 * 3);
}

TEST(MemoryNeed, DoublesInDoublePrecisionButForTheIds) {
  const auto total = [](Precision precision) {
    return memory_need(tiny_rnn(), {}, {.vocabulary = 10, .batch = 2, .length = 5, .precision = precision})
        .total();
  };
  const double ids = 2 * 5 * 4;
  EXPECT_EQ(total(Precision::kDouble) - ids, 2 * (total(Precision::kSingle) - ids));
}

// Catches: sizes that overflow into a small need.
TEST(MemoryNeed, OfAbsurdSizesIsAbsurd) {
  ModelSpec model = tiny_rnn();
  model.layers.assign(1000, model.layers[0]);
  for (LayerSpec& layer : model.layers) layer = {.cell = Cell::kLstm, .units = 65536, .bidirectional = true};
  EXPECT_GT(memory_need(model, {}, {.vocabulary = 10'000'000, .batch = 1'000'000, .length = 10'000}).total(),
            1e19);
}

}  // namespace
}  // namespace rnnbench
