// Catches: gates in another order, a bias counted once, another pooling, a padding row that learns, a layer
// that sees the wrong input, a head without its mean over the batch.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

constexpr int kVocabulary = 101;
constexpr int kTime = 57;

struct NamedBatch {
  std::string name;
  SampleBatch batch;
};

SampleBatch all_padding(int reviews, int time) {
  SampleBatch batch = sample_batch(reviews, time, kVocabulary, 1);
  batch.ids.assign(batch.ids.size(), 0);
  batch.lengths.assign(batch.lengths.size(), 0);
  return batch;
}

std::vector<NamedBatch> odd_batches() {
  return {{"33 reviews, padded at the end", sample_batch(33, kTime, kVocabulary, 1)},
          {"33 reviews, padded at the front", sample_batch(33, kTime, kVocabulary, 2, PaddingSide::kFront)},
          {"one review", sample_batch(1, kTime, kVocabulary, 3)},
          {"length 1", sample_batch(33, 1, kVocabulary, 4)},
          {"all padding", all_padding(5, kTime)}};
}

using Shape = std::tuple<Pooling, Head, int, bool>;

ModelSpec model_of(const Shape& shape) {
  const auto& [pooling, head, layers, dense] = shape;
  ModelSpec model = tiny_rnn();
  model.embedding.size = 9;
  model.layers[0].units = 17;
  if (layers == 2) {
    model.layers.push_back(model.layers[0]);
    model.layers[1].units = 12;
    model.layers[1].activation = Activation::kRelu;
    model.layers[1].biases = 1;
  }
  model.pooling = pooling;
  model.head = head;
  if (dense) model.dense = {{7, Activation::kRelu, 0}, {5, Activation::kTanh, 0}};
  return model;
}

void expect_parity(const ModelSpec& model) {
  const EngineSetup setup = single_thread_setup(model, {}, kVocabulary, kTime);
  const auto reference = started_engine("libtorch", setup);
  const auto candidate = started_engine("eigen", setup);
  for (const auto& [name, batch] : odd_batches()) {
    const LossAndGradients expected = reference->gradients(batch.view(), std::nullopt);
    const LossAndGradients actual = candidate->gradients(batch.view(), std::nullopt);
    EXPECT_NEAR(actual.loss, expected.loss, 1e-5 * expected.loss) << name;
    EXPECT_TRUE(near(actual.gradients, expected.gradients, RelativeToLargest{1e-4})) << name;
    std::vector<float> expected_positive(batch.labels.size()), actual_positive(batch.labels.size());
    reference->predict(batch.view(), expected_positive);
    candidate->predict(batch.view(), actual_positive);
    for (std::size_t i = 0; i < actual_positive.size(); ++i) {
      EXPECT_NEAR(actual_positive[i], expected_positive[i], 1e-5) << name << ", review " << i;
    }
  }
}

class GradientParity : public testing::TestWithParam<Shape> {};

TEST_P(GradientParity, HoldsOnOddBatches) { expect_parity(model_of(GetParam())); }

std::string shape_name(const testing::TestParamInfo<Shape>& info) {
  const auto& [pooling, head, layers, dense] = info.param;
  return std::string(name_of(pooling)) + "_" + name_of(head) + "_" + std::to_string(layers) + "layers" +
         (dense ? "_dense" : "");
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, GradientParity,
    testing::Combine(testing::Values(Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax),
                     testing::Values(Head::kSoftmax, Head::kSigmoid), testing::Values(1, 2), testing::Bool()),
    shape_name);

TEST(GradientParityOfEmbeddings, HoldsWithAPaddingRowAndFrozen) {
  ModelSpec model = tiny_rnn();
  model.embedding.zero_padding = true;
  expect_parity(model);
  model.embedding.trainable = false;
  expect_parity(model);
}

TEST(GradientParityOfInitialisers, HoldsFromKerasWeights) {
  ModelSpec model = model_of({Pooling::kMean, Head::kSigmoid, 2, true});
  model.initializers = Initializers::kKeras;
  expect_parity(model);
}

}  // namespace
}  // namespace rnnbench
