#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/core/settings.hpp"
#include "tests/impls/libtorch/tiny_engine.hpp"

namespace rnnbench {
namespace {

TEST(LibtorchEngine, LearnsWhichWordComesLast) {
  SampleBatch batch = sample_batch(32, kTime, kVocabulary, 3, PaddingSide::kFront);
  for (std::size_t i = 0; i < batch.labels.size(); ++i) {
    batch.labels[i] = batch.ids[i * kTime + kTime - 1] < kVocabulary / 2 ? 0 : 1;
  }
  for (const Cell cell : {Cell::kRnn, Cell::kLstm}) {
    ModelSpec model = tiny_rnn();
    model.layers[0].cell = cell;
    const auto engine = started_engine("libtorch", tiny_setup(model));
    const double before = engine->gradients(batch.view(), std::nullopt).loss;
    train(*engine, batch, 150, 0.05);
    EXPECT_LT(engine->gradients(batch.view(), std::nullopt).loss, before / 10) << name_of(cell);
  }
}

TEST(LibtorchEngine, RunsEveryPoolingAndHeadWithEveryOptimizer) {
  const SampleBatch batch = sample_batch(5, kTime, kVocabulary, 4);
  for (const Pooling pooling : {Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax}) {
    for (const Head head : {Head::kSoftmax, Head::kSigmoid}) {
      for (const OptimizerKind kind : {OptimizerKind::kSgd, OptimizerKind::kAdam, OptimizerKind::kAdamW}) {
        ModelSpec model = tiny_rnn();
        model.pooling = pooling;
        model.head = head;
        model.dropout = 0.2;
        model.dense = {{5, Activation::kRelu, 0.1}, {4, Activation::kTanh, 0}, {3, Activation::kNone, 0}};
        TrainingSpec training;
        training.optimizer.kind = kind;
        const auto engine = started_engine("libtorch", tiny_setup(model, training));
        const double before = engine->gradients(batch.view(), std::nullopt).loss;
        train(*engine, batch, 80, kind == OptimizerKind::kSgd ? 0.3 : 0.02);
        EXPECT_LT(engine->gradients(batch.view(), std::nullopt).loss, before)
            << name_of(pooling) << " " << name_of(head) << " " << name_of(kind);
      }
    }
  }
}

TEST(LibtorchEngine, PredictsTheProbabilityWhoseCrossEntropyIsTheLoss) {
  const SampleBatch batch = sample_batch(9, kTime, kVocabulary, 5);
  for (const Head head : {Head::kSoftmax, Head::kSigmoid}) {
    ModelSpec model = tiny_rnn();
    model.head = head;
    const auto engine = started_engine("libtorch", tiny_setup(model));
    const std::vector<float> positive = predictions(*engine, batch);
    double loss = 0;
    for (std::size_t i = 0; i < positive.size(); ++i) {
      loss -= std::log(batch.labels[i] == 1 ? positive[i] : 1 - positive[i]) / 9.0;
    }
    EXPECT_NEAR(engine->gradients(batch.view(), std::nullopt).loss, loss, 1e-6) << name_of(head);
  }
}

TEST(LibtorchEngine, TotalsAddUpOverStepsAndStartAnew) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 6);
  const SampleBatch smaller = batch.rows(0, 3);
  const auto engine = started_engine("libtorch", tiny_setup());
  const LossAndGradients first = engine->gradients(batch.view(), std::nullopt);
  double squares = 0;
  for (const auto& [name, gradient] : first.gradients) {
    for (const float value : gradient.values) squares += double{value} * value;
  }
  const std::vector<float> positive = predictions(*engine, batch);
  std::int64_t correct = 0;
  for (std::size_t i = 0; i < positive.size(); ++i) correct += (positive[i] > 0.5F) == (batch.labels[i] == 1);

  train(*engine, batch, 1);
  StepTotals totals = engine->take_totals();
  EXPECT_NEAR(totals.loss, first.loss, 1e-6);
  EXPECT_NEAR(totals.gradient_norm, std::sqrt(squares), 1e-6);
  EXPECT_EQ(totals.correct, correct);
  EXPECT_EQ(totals.reviews, 8);
  EXPECT_EQ(totals.steps, 1);

  train(*engine, smaller, 2);
  totals = engine->take_totals();
  EXPECT_EQ(totals.reviews, 6);
  EXPECT_EQ(totals.steps, 2);
  EXPECT_EQ(engine->take_totals().steps, 0);
}

TEST(LibtorchEngine, ClipsToTheNorm) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 11);
  TrainingSpec training;
  training.optimizer.kind = OptimizerKind::kSgd;
  training.clip_norm = 1e-3;
  const auto engine = started_engine("libtorch", tiny_setup(tiny_rnn(), training));
  const Parameters before = engine->state();
  train(*engine, batch, 1, /*learning_rate=*/1);
  const Parameters after = engine->state();
  double squares = 0;
  for (const auto& [name, tensor] : before) {
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      squares += std::pow(double{tensor.values[i]} - double{after.at(name).values[i]}, 2);
    }
  }
  EXPECT_NEAR(std::sqrt(squares), 1e-3, 1e-6);
  EXPECT_GT(engine->take_totals().gradient_norm, 1e-2);
}

// relu(1e-30 * 1e-10) would be 1e-40, a denormal, which the head would make visible again.
TEST(LibtorchEngine, FlushesDenormals) {
  ModelSpec model = tiny_rnn();
  model.layers[0].activation = Activation::kRelu;
  model.head = Head::kSigmoid;
  const auto engine = make_engine("libtorch", tiny_setup(model));
  Parameters state = initial_parameters(model, kVocabulary, 1);
  for (auto& [name, tensor] : state) {
    const float value = name == "embedding.weight"        ? 1e-30F
                        : name == "layers.0.input_kernel" ? 1e-10F
                        : name == "head.kernel"           ? 1e38F
                                                          : 0.0F;
    std::fill(tensor.values.begin(), tensor.values.end(), value);
  }
  engine->set_state(state);
  EXPECT_EQ(predictions(*engine, sample_batch(1, kTime, kVocabulary, 14))[0], 0.5F);
}

TEST(LibtorchEngine, DescribesWhatRuns) {
  const Json description = Json::parse(started_engine("libtorch", tiny_setup())->describe());
  EXPECT_EQ(description.at("engine"), "libtorch");
  EXPECT_EQ(description.at("device"), "cpu");
  EXPECT_EQ(description.at("threads"), 1);
  EXPECT_FALSE(description.at("libtorch").get<std::string>().empty());
}

TEST(LibtorchEngine, TellsTheEndOfEachPhase) {
  struct Recorder final : PhaseClock {
    void finished(Phase phase) override { seen.push_back(phase); }
    std::vector<Phase> seen;
  } phases;
  const auto engine = started_engine("libtorch", tiny_setup());
  const SampleBatch batch = sample_batch(2, kTime, kVocabulary, 16);
  engine->train_step(batch.view(), 0.1, phases);
  EXPECT_THAT(phases.seen, testing::ElementsAre(Phase::kForward, Phase::kBackward, Phase::kOptimizer));
}

}  // namespace
}  // namespace rnnbench
