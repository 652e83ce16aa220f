#include <gmock/gmock.h>

#include "harness/core/error.hpp"
#include "tests/impls/eigen/eigen_modules.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

ModelSpec model_with_dropout() {
  ModelSpec model = tiny_rnn();
  model.layers[0].output_dropout = 0.3;
  model.dropout = 0.2;
  return model;
}

TrainingSpec training(OptimizerKind kind) {
  TrainingSpec training;
  training.optimizer.kind = kind;
  training.optimizer.learning_rate = 0.05;
  training.optimizer.momentum = kind == OptimizerKind::kSgd ? 0.9 : 0;
  return training;
}

void train(Engine& engine, int first, int steps) {
  NullPhaseClock phases;
  for (int step = first; step < first + steps; ++step) {
    engine.train_step(sample_batch(5, 7, kVocabulary, static_cast<std::uint64_t>(step)).view(), 0.05, phases);
  }
}

class EngineState : public testing::TestWithParam<OptimizerKind> {
 protected:
  EngineSetup setup_ = eigen_setup(model_with_dropout(), training(GetParam()));
};

// Catches: a moment, the step of the bias correction or of the masks left out of the state.
TEST_P(EngineState, CarriesATrainingOnBitForBit) {
  const auto straight = started_eigen(setup_);
  train(*straight, 0, 6);
  const auto first_half = started_eigen(setup_);
  train(*first_half, 0, 3);
  const auto second_half = make_eigen(setup_);
  second_half->set_state(first_half->state());
  EXPECT_TRUE(identical(second_half->state(), first_half->state()));
  train(*second_half, 3, 3);
  EXPECT_TRUE(identical(second_half->state(), straight->state()));
}

TEST_P(EngineState, WithoutOptimiserStartsItAnew) {
  const auto fresh = started_eigen(setup_);
  const auto used = started_eigen(setup_);
  train(*used, 0, 3);
  used->set_state(fresh->state());
  train(*used, 7, 2);
  train(*fresh, 7, 2);
  EXPECT_TRUE(identical(used->state(), fresh->state()));
}

INSTANTIATE_TEST_SUITE_P(Optimisers, EngineState,
                         testing::Values(OptimizerKind::kAdam, OptimizerKind::kAdamW, OptimizerKind::kSgd),
                         [](const auto& one) { return std::string(name_of(one.param)); });

TEST(EngineStateNames, AreThoseOfTheContract) {
  const EngineSetup setup = eigen_setup(tiny_rnn(), training(OptimizerKind::kAdam));
  const auto engine = started_eigen(setup);
  EXPECT_TRUE(identical(engine->state(), initial_parameters(setup.model, kVocabulary, 1)));
  train(*engine, 0, 2);
  const Parameters state = engine->state();
  const auto shapes = parameter_shapes(setup.model, kVocabulary);
  EXPECT_EQ(state.size(), 3 * shapes.size() + 1);
  EXPECT_EQ(state.at("optimizer.step").values, std::vector<double>{2});
  for (const auto& [name, shape] : shapes) {
    EXPECT_EQ(state.at("optimizer.m/" + name).shape, shape);
    EXPECT_EQ(state.at("optimizer.v/" + name).shape, shape);
  }
}

void expect_refused(const std::function<void(Parameters&)>& damage, const std::string& reason) {
  const auto engine = started_eigen(eigen_setup(tiny_rnn(), training(OptimizerKind::kAdam)));
  train(*engine, 0, 1);
  const Parameters before = engine->state();
  Parameters damaged = before;
  for (double& value : damaged.at("head.bias").values) value += 1;
  damage(damaged);
  try {
    engine->set_state(damaged);
    ADD_FAILURE() << "accepted; expected: " << reason;
  } catch (const EngineError& error) {
    EXPECT_THAT(error.what(), HasSubstr(reason));
  }
  EXPECT_TRUE(identical(engine->state(), before)) << "a refused state left traces";
}

TEST(EngineStateNames, RefusesWhatDoesNotFit) {
  expect_refused([](Parameters& state) { state.erase("head.bias"); }, "'head.bias' is missing");
  expect_refused([](Parameters& state) { state["extra"] = {{1}, {0}}; }, "'extra' is unknown");
  expect_refused(
      [](Parameters& state) {
        state["head.bias"] = {{3}, {1, 2, 3}};
      },
      "'head.bias' has shape [3] and 3 values, the model needs [2]");
  expect_refused([](Parameters& state) { state["head.bias"].values.pop_back(); }, "'head.bias' has shape");
  expect_refused([](Parameters& state) { state.erase("optimizer.step"); }, "'optimizer.step' is missing");
  expect_refused([](Parameters& state) { state.erase("optimizer.v/head.bias"); },
                 "'optimizer.v/head.bias' is missing");
  expect_refused([](Parameters& state) { state["optimizer.step"].values = {1.5F}; }, "no number of steps");
  expect_refused([](Parameters& state) { state["optimizer.step"].values = {-1}; }, "no number of steps");
}

}  // namespace
}  // namespace rnnbench
