// Catches: an engine of the docs that doesn't build, load, learn or go through a whole run.
#include <gmock/gmock.h>

#include <cmath>

#include "harness/runner/run_trial.hpp"
#include "impls/registry/module_loader.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

constexpr int kVocabulary = 20;

EngineSetup a_setup() {
  EngineSetup setup{.model = tiny_rnn(), .training = {}, .vocabulary = kVocabulary, .length = 3};
  setup.model.head = Head::kSigmoid;
  setup.training.optimizer.kind = OptimizerKind::kSgd;
  return setup;
}

std::unique_ptr<Engine> loaded(const EngineSetup& setup) {
  std::unique_ptr<Engine> engine(load_module(RNNBENCH_EXAMPLE_ENGINE)(setup));
  engine->set_state(initial_parameters(setup.model, kVocabulary, 1));
  return engine;
}

/// Three positive reviews of four.
SampleBatch mostly_positive() {
  SampleBatch batch = sample_batch(4, 3, kVocabulary, 1);
  batch.labels = {1, 1, 0, 1};
  return batch;
}

TEST(BaseRate, LearnsTheShareOfPositiveReviews) {
  const auto engine = loaded(a_setup());
  const SampleBatch batch = mostly_positive();
  NullPhaseClock phases;
  for (int step = 0; step < 2000; ++step) engine->train_step(batch.view(), 0.1, phases);
  std::vector<float> positive(4);
  engine->predict(batch.view(), positive);
  EXPECT_THAT(positive, testing::Each(testing::FloatNear(0.75F, 1e-4F)));
  EXPECT_EQ(engine->take_totals().reviews, 8000);
}

TEST(BaseRate, HasTheGradientOfItsLoss) {
  const auto engine = loaded(a_setup());
  const SampleBatch batch = mostly_positive();
  const double gradient = engine->gradients(batch.view(), {}).gradients.at("head.bias").values.at(0);
  const auto loss_at = [&](double step) {
    Parameters moved = engine->state();
    moved.at("head.bias").values[0] += step;
    const auto other = loaded(a_setup());
    other->set_state(moved);
    return other->gradients(batch.view(), {}).loss;
  };
  EXPECT_NEAR(gradient, (loss_at(1e-4) - loss_at(-1e-4)) / 2e-4, 1e-8);
}

TEST(BaseRate, GoesThroughAWholeRun) {
  const TemporaryFolder folder;
  EngineScript unused;
  RunServices services = fake_services(unused, folder.path());
  services.make_engine = [](const std::string&, const EngineSetup& setup) {
    return std::unique_ptr<Engine>(load_module(RNNBENCH_EXAMPLE_ENGINE)(setup));
  };
  TrialSpec trial = tiny_trial(3);
  trial.model.head = Head::kSigmoid;
  trial.training.optimizer = a_setup().training.optimizer;
  RecordingSink sink;
  ProgressListener quiet;
  const RunStart start{{"e", "q", "c"}, tiny_record("k"), 1, "", "{}"};
  const RunEnd end = run_trial(trial, start, /*repeat=*/true, services, sink, quiet).value();
  EXPECT_EQ(end.status, RunStatus::kFinished);
  EXPECT_EQ(sink.at(1).epochs.size(), 3U);
  EXPECT_EQ(Json::parse(sink.at(1).start.engine).at("name"), "base-rate");
  const Parameters weights = read_parameters(folder.path() / end.artifacts.at(0).path);
  EXPECT_EQ(weights.size(), parameter_shapes(trial.model, kVocabulary).size());
}

TEST(BaseRate, RefusesWhatItCannotDo) {
  EngineSetup setup = a_setup();
  setup.model.head = Head::kSoftmax;
  EXPECT_THAT(message_of<EngineError>([&] { loaded(setup); }), testing::HasSubstr("needs a sigmoid head"));
  const auto engine = loaded(a_setup());
  Parameters less = engine->state();
  less.erase("head.bias");
  EXPECT_THAT(message_of<EngineError>([&] { engine->set_state(less); }),
              testing::HasSubstr("lack head.bias"));
}

}  // namespace
}  // namespace rnnbench
