#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

constexpr int kVocabulary = 12;
constexpr int kTime = 6;

EngineSetup tiny_setup(const ModelSpec& model = tiny_rnn(), const TrainingSpec& training = {}) {
  return single_thread_setup(model, training, kVocabulary, kTime);
}

void train(Engine& engine, const SampleBatch& batch, int steps, double learning_rate = 0.01) {
  NullPhaseClock phases;
  for (int step = 0; step < steps; ++step) engine.train_step(batch.view(), learning_rate, phases);
}

std::vector<float> predictions(Engine& engine, const SampleBatch& batch) {
  std::vector<float> positive(batch.labels.size());
  engine.predict(batch.view(), positive);
  return positive;
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const EngineError& error) {  // made in the module: its type must be known here
    return error.what();
  }
  return "nothing was thrown";
}

TEST(LibtorchEngine, LearnsWhichWordComesLast) {
  SampleBatch batch = sample_batch(32, kTime, kVocabulary, 3, PaddingSide::kFront);
  for (std::size_t i = 0; i < batch.labels.size(); ++i) {
    batch.labels[i] = batch.ids[i * kTime + kTime - 1] < kVocabulary / 2 ? 0 : 1;
  }
  for (const Cell cell : {Cell::kRnn, Cell::kLstm}) {
    ModelSpec model = tiny_rnn();
    model.layers[0].cell = cell;
    const auto engine = started_engine("libtorch", tiny_setup(model));
    const double before = engine->gradients(batch.view()).loss;
    train(*engine, batch, 150, 0.05);
    EXPECT_LT(engine->gradients(batch.view()).loss, before / 10) << name_of(cell);
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
        const double before = engine->gradients(batch.view()).loss;
        train(*engine, batch, 80, kind == OptimizerKind::kSgd ? 0.3 : 0.02);
        EXPECT_LT(engine->gradients(batch.view()).loss, before)
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
    EXPECT_NEAR(engine->gradients(batch.view()).loss, loss, 1e-6) << name_of(head);
  }
}

TEST(LibtorchEngine, TotalsAddUpOverStepsAndStartAnew) {
  const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 6);
  const SampleBatch smaller = batch.rows(0, 3);
  const auto engine = started_engine("libtorch", tiny_setup());
  const LossAndGradients first = engine->gradients(batch.view());
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

TEST(LibtorchEngine, GoesOnBitForBitFromItsState) {
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

TEST(LibtorchEngine, StateWithoutOptimizerStartsItAnew) {
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

TEST(LibtorchEngine, DropoutDrawsTheSameBesideAnotherEngine) {
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

TEST(LibtorchEngine, LeavesFrozenEmbeddingAndPaddingRowAlone) {
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
  EXPECT_FALSE(frozen->gradients(batch.view()).gradients.contains("embedding.weight"));
}

TEST(LibtorchEngine, OneBiasStaysOne) {
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

TEST(LibtorchEngine, ErrorsCrossTheModuleEdgeInOneLine) {
  const auto engine = started_engine("libtorch", tiny_setup());
  Parameters state = engine->state();
  state["head.bias"].shape = {3};
  EXPECT_THAT(refusal([&] { engine->set_state(state); }), HasSubstr("head.bias has shape [3]"));

  SampleBatch batch = sample_batch(2, kTime, kVocabulary, 15);
  batch.ids[3] = kVocabulary;  // no such word: LibTorch throws one of its own
  const std::string message = refusal([&] { train(*engine, batch, 1); });
  EXPECT_THAT(message, HasSubstr("libtorch: "));
  EXPECT_EQ(message.find('\n'), std::string::npos);
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
    bool synchronises() const override { return true; }
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
