#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "tests/impls/eigen/eigen_modules.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// All that the engine runs, in one model.
ModelSpec everything() {
  ModelSpec model = tiny_rnn();
  model.embedding.size = 20;
  model.layers[0].units = 33;
  model.layers[0].output_dropout = 0.3;
  model.layers.push_back(model.layers[0]);
  model.layers[1].units = 17;
  model.layers[1].biases = 1;
  model.pooling = Pooling::kMean;
  model.dropout = 0.2;
  model.dense = {{9, Activation::kRelu, 0.1}};
  return model;
}

std::vector<float> predict(Engine& engine, const SampleBatch& batch) {
  std::vector<float> positive(batch.labels.size());
  engine.predict(batch.view(), positive);
  return positive;
}

void train(Engine& engine, const SampleBatch& batch, int steps, double learning_rate = 0.01) {
  NullPhaseClock phases;
  for (int step = 0; step < steps; ++step) engine.train_step(batch.view(), learning_rate, phases);
}

class EigenBuild : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Engine> started(const ModelSpec& model, const TrainingSpec& training = {}) const {
    return started_eigen(eigen_setup(model, training), GetParam());
  }
};

TEST_P(EigenBuild, AgreesWithTheBaseline) {
  const EngineSetup setup = eigen_setup(everything());
  const SampleBatch batch = sample_batch(13, 37, kVocabulary, 4);
  const auto build = started_eigen(setup, GetParam());
  const auto baseline = started_eigen(setup);
  const LossAndGradients actual = build->gradients(batch.view(), std::nullopt);
  const LossAndGradients expected = baseline->gradients(batch.view(), std::nullopt);
  EXPECT_NEAR(actual.loss, expected.loss, 1e-5);
  EXPECT_TRUE(near(actual.gradients, expected.gradients, RelativeToLargest{1e-5}));
  const std::vector<float> probabilities = predict(*build, batch);
  EXPECT_THAT(probabilities, testing::Pointwise(testing::FloatNear(1e-5F), predict(*baseline, batch)));
}

TEST_P(EigenBuild, RerunsBitForBit) {
  const SampleBatch batch = sample_batch(13, 37, kVocabulary, 4);
  const auto first = started(everything());
  const auto second = started(everything());
  train(*first, batch, 5);
  train(*second, batch, 5);
  EXPECT_TRUE(identical(first->state(), second->state()));
  EXPECT_EQ(predict(*first, batch), predict(*second, batch));
}

// Catches: state carried over between the pieces of a sequence or between reviews.
TEST_P(EigenBuild, PredictsAloneAsInABatch) {
  for (const Pooling pooling : {Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax}) {
    ModelSpec model = everything();
    model.pooling = pooling;
    const auto engine = started(model);
    const SampleBatch batch = sample_batch(64, 37, kVocabulary, 4);
    const std::vector<float> together = predict(*engine, batch);
    for (int review = 0; review < 64; ++review) {
      EXPECT_NEAR(predict(*engine, batch.rows(review, 1))[0], together[static_cast<std::size_t>(review)],
                  1e-6);
    }
  }
}

// Catches: dropout left on in inference, or the two ways forward parting.
TEST_P(EigenBuild, ProbabilitiesGiveTheLoss) {
  const auto engine = started(everything());
  const SampleBatch batch = sample_batch(9, 37, kVocabulary, 4);
  const std::vector<float> positive = predict(*engine, batch);
  double loss = 0;
  for (std::size_t i = 0; i < positive.size(); ++i) {
    loss -= std::log(batch.labels[i] != 0 ? positive[i] : 1 - positive[i]) / 9;
  }
  EXPECT_NEAR(engine->gradients(batch.view(), std::nullopt).loss, loss, 1e-6);
}

TEST_P(EigenBuild, LearnsABatchByHeart) {
  const auto engine = started(tiny_rnn());
  const SampleBatch batch = sample_batch(8, 6, kVocabulary, 4);
  train(*engine, batch, 1);
  const double before = engine->take_totals().loss;
  train(*engine, batch, 300);
  engine->take_totals();
  train(*engine, batch, 1);
  const StepTotals after = engine->take_totals();
  EXPECT_LT(after.loss, before / 5);
  EXPECT_EQ(after.correct, 8);
}

INSTANTIATE_TEST_SUITE_P(Builds, EigenBuild, testing::ValuesIn(runnable_builds()),
                         [](const auto& one) { return one.param; });

TEST(EigenEngine, TotalsAreSumsSinceTheLastTaking) {
  const auto engine = started_eigen(eigen_setup(tiny_rnn()));
  const SampleBatch batch = sample_batch(8, 6, kVocabulary, 4);
  const LossAndGradients expected = engine->gradients(batch.view(), std::nullopt);
  double squared = 0;
  for (const auto& [name, tensor] : expected.gradients) {
    for (const float value : tensor.values) squared += double{value} * value;
  }
  train(*engine, batch, 1);
  const StepTotals totals = engine->take_totals();
  EXPECT_NEAR(totals.loss, expected.loss, 1e-7);
  EXPECT_NEAR(totals.gradient_norm, std::sqrt(squared), 1e-6);
  EXPECT_EQ(totals.reviews, 8);
  EXPECT_EQ(totals.steps, 1);
  EXPECT_EQ(engine->take_totals().steps, 0);
}

// Catches: clipping left out, applied to the wrong norm, or to L2 as well.
TEST(EigenEngine, ClipsTheGlobalNorm) {
  TrainingSpec training;
  training.optimizer.kind = OptimizerKind::kSgd;
  training.clip_norm = 0.01;
  const auto engine = started_eigen(eigen_setup(tiny_rnn(), training));
  const SampleBatch batch = sample_batch(8, 6, kVocabulary, 4);
  const LossAndGradients free = engine->gradients(batch.view(), std::nullopt);
  const Parameters before = engine->state();
  train(*engine, batch, 1, /*learning_rate=*/1);
  const double norm = engine->take_totals().gradient_norm;
  ASSERT_GT(norm, 0.1);
  const Parameters after = engine->state();
  for (const auto& [name, gradient] : free.gradients) {
    for (std::size_t i = 0; i < gradient.values.size(); ++i) {
      const double moved = double{before.at(name).values[i]} - after.at(name).values[i];
      EXPECT_NEAR(moved, gradient.values[i] * 0.01 / (norm + 1e-6), 2e-7) << name << " " << i;
    }
  }
}

// Catches: memory of a larger batch read in a smaller one.
TEST(EigenEngine, TakesASmallerLastBatch) {
  const SampleBatch large = sample_batch(32, 7, kVocabulary, 4);
  const SampleBatch small = sample_batch(3, 5, kVocabulary, 6);
  const auto used = started_eigen(eigen_setup(everything()));
  const auto fresh = started_eigen(eigen_setup(everything()));
  used->gradients(large.view(), std::nullopt);
  EXPECT_TRUE(identical(used->gradients(small.view(), std::nullopt).gradients,
                        fresh->gradients(small.view(), std::nullopt).gradients));
}

TEST(EigenEngine, TakesReviewsOfOneWordAndOfNone) {
  for (const Pooling pooling : {Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax}) {
    ModelSpec model = everything();
    model.pooling = pooling;
    model.embedding.zero_padding = true;
    const auto engine = started_eigen(eigen_setup(model));
    train(*engine, sample_batch(4, 1, kVocabulary, 4), 2);
    const SampleBatch padding{std::vector<std::int32_t>(12), {0, 0, 0}, {0, 1, 0}, 4, false};
    train(*engine, padding, 2);
    EXPECT_TRUE(std::isfinite(engine->take_totals().loss));
    const std::vector<float> positive = predict(*engine, padding);
    EXPECT_TRUE(std::isfinite(positive[0]));
    EXPECT_EQ(positive[0], positive[1]);
  }
}

TEST(EigenEngine, FrozenEmbeddingStays) {
  ModelSpec model = tiny_rnn();
  model.embedding.trainable = false;
  const auto engine = started_eigen(eigen_setup(model));
  const Tensor before = engine->state().at("embedding.weight");
  train(*engine, sample_batch(4, 5, kVocabulary, 4), 2);
  EXPECT_EQ(engine->state().at("embedding.weight").values, before.values);
  EXPECT_FALSE(engine->gradients(sample_batch(4, 5, kVocabulary, 4).view(), std::nullopt)
                   .gradients.contains("embedding.weight"));
}

TEST(EigenEngine, ZeroPaddingRowStaysZero) {
  ModelSpec model = tiny_rnn();
  model.embedding.zero_padding = true;
  TrainingSpec training;
  training.optimizer.l2 = 1e-2;
  const auto engine = started_eigen(eigen_setup(model, training));
  train(*engine, sample_batch(4, 5, kVocabulary, 4), 3);
  const std::vector<double> table = engine->state().at("embedding.weight").values;
  EXPECT_THAT(std::vector(table.begin(), table.begin() + 3), ElementsAre(0, 0, 0));
}

// Catches: a loss that looks finite while the weights are not.
TEST(EigenEngine, NanIsSeenInTheLoss) {
  const auto engine = started_eigen(eigen_setup(tiny_rnn()));
  Parameters state = engine->state();
  state.at("layers.0.recurrent_kernel").values[3] = std::nanf("");
  engine->set_state(state);
  EXPECT_TRUE(std::isnan(engine->gradients(sample_batch(4, 5, kVocabulary, 4).view(), std::nullopt).loss));
}

TEST(EigenEngine, RefusesBatchesThatContradictThemselves) {
  const auto engine = started_eigen(eigen_setup(tiny_rnn()));
  const auto expect_refused = [&](SampleBatch batch, const std::string& reason) {
    try {
      engine->gradients(batch.view(), std::nullopt);
      ADD_FAILURE() << "accepted; expected: " << reason;
    } catch (const EngineError& error) {
      EXPECT_THAT(error.what(), HasSubstr(reason));
    }
  };
  const SampleBatch good = sample_batch(4, 5, kVocabulary, 4);
  SampleBatch bad = good;
  bad.ids[7] = kVocabulary;
  expect_refused(bad, "id 11 in a batch is outside [0, 10]");
  bad.ids[7] = -1;
  expect_refused(bad, "id -1 in a batch");
  bad = good;
  bad.lengths[1] = 6;
  expect_refused(bad, "length 6");
  bad = good;
  bad.labels[1] = 2;
  expect_refused(bad, "label 2");
  bad = good;
  bad.ids.pop_back();
  expect_refused(bad, "19 ids, expected 20");
  expect_refused(SampleBatch{}, "0 reviews");
  std::vector<float> room(3);
  EXPECT_THROW(engine->predict(good.view(), room), EngineError);
}

TEST(EigenEngine, TellsPhasesInOrder) {
  struct Recorder final : PhaseClock {
    void finished(Phase phase) override { phases.push_back(phase); }
    std::vector<Phase> phases;
  } recorder;
  const auto engine = started_eigen(eigen_setup(tiny_rnn()));
  engine->train_step(sample_batch(4, 5, kVocabulary, 4).view(), 0.01, recorder);
  EXPECT_THAT(recorder.phases, ElementsAre(Phase::kForward, Phase::kBackward, Phase::kOptimizer));
}

TEST(EigenEngine, DescribesItselfAsJson) {
  const Json description = Json::parse(started_eigen(eigen_setup(tiny_rnn()))->describe());
  EXPECT_EQ(description.at("instructions"), "baseline");
  EXPECT_EQ(description.at("threads"), 1);
  EXPECT_EQ(description.at("precision"), "float32");
}

}  // namespace
}  // namespace rnnbench
