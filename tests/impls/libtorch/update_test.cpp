// Every optimiser against the formulas of training_spec.hpp, written out here. Catches: epsilon in another
// place, a bias correction left out, l2 on what has none, another sign or scale of the momentum.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

constexpr double kRate = 0.02;

/// One weight's step; `m` and `v` as Engine::state has them.
void update(const OptimizerSpec& spec, int step, bool decays, double gradient, double& weight, double& m,
            double& v) {
  const bool keras = spec.form == UpdateForm::kKeras;
  const double g = gradient + (decays ? spec.l2 * weight : 0);
  if (decays) weight -= kRate * spec.decay * weight;
  if (spec.kind == OptimizerKind::kSgd) {
    m = keras ? spec.momentum * m - kRate * g : spec.momentum * m + g;
    weight += keras ? m : -kRate * m;
  } else if (spec.kind == OptimizerKind::kRmsprop) {
    v = spec.rho * v + (1 - spec.rho) * g * g;
    m = spec.momentum * m +
        (keras ? kRate * g / std::sqrt(v + spec.epsilon) : g / (std::sqrt(v) + spec.epsilon));
    weight -= keras ? m : kRate * m;
  } else {
    m = spec.beta1 * m + (1 - spec.beta1) * g;
    v = spec.beta2 * v + (1 - spec.beta2) * g * g;
    const double first = 1 - std::pow(spec.beta1, step), second = 1 - std::pow(spec.beta2, step);
    weight -= keras ? kRate * std::sqrt(second) / first * m / (std::sqrt(v) + spec.epsilon)
                    : kRate / first * m / (std::sqrt(v / second) + spec.epsilon);
  }
}

/// `state` after a step, by the formulas. Slots that the optimiser doesn't keep are left out.
Parameters stepped(Parameters state, const Parameters& gradients, const ModelSpec& model,
                   const OptimizerSpec& spec) {
  const bool adam = spec.kind == OptimizerKind::kAdam || spec.kind == OptimizerKind::kAdamW;
  Tensor& count = state.emplace("optimizer.step", Tensor{{1}, {0}}).first->second;
  const int step = static_cast<int>(++count.values[0]);
  for (const auto& [name, gradient] : gradients) {
    const Tensor zeros{gradient.shape, std::vector<double>(gradient.values.size())};
    Tensor m = state.emplace("optimizer.m/" + name, zeros).first->second;
    Tensor v = state.emplace("optimizer.v/" + name, zeros).first->second;
    for (std::size_t i = 0; i < gradient.values.size(); ++i) {
      update(spec, step, name != "embedding.weight" || model.embedding.l2, gradient.values[i],
             state.at(name).values[i], m.values[i], v.values[i]);
    }
    state.at("optimizer.m/" + name) = m;
    state.at("optimizer.v/" + name) = v;
    if (!adam && spec.momentum == 0) state.erase("optimizer.m/" + name);
    if (spec.kind == OptimizerKind::kSgd) state.erase("optimizer.v/" + name);
  }
  return state;
}

struct Case {
  std::string name;
  OptimizerSpec optimizer;
};

class LibtorchUpdate : public testing::TestWithParam<Case> {
 protected:
  static void expect_formula(const ModelSpec& model) {
    TrainingSpec training;
    training.optimizer = GetParam().optimizer;
    const auto engine = started_engine("libtorch", double_setup(model, training));
    const SampleBatch batch = sample_batch(8, kTime, kVocabulary, 61);
    Parameters expected = engine->state();
    for (int step = 0; step < 3; ++step) {
      const Parameters gradients = engine->gradients(batch.view(), std::nullopt).gradients;
      expected = stepped(expected, gradients, model, training.optimizer);
      train(*engine, batch, 1, kRate);
      ASSERT_TRUE(near(engine->state(), expected, RelativeToLargest{1e-11})) << "step " << step;
    }
    // An engine that takes the state goes on with the same bits.
    const auto resumed = make_engine("libtorch", double_setup(model, training));
    resumed->set_state(engine->state());
    train(*engine, batch, 2, kRate);
    train(*resumed, batch, 2, kRate);
    EXPECT_TRUE(identical(resumed->state(), engine->state()));
  }
};

TEST_P(LibtorchUpdate, IsItsFormula) { expect_formula(tiny_rnn()); }

TEST_P(LibtorchUpdate, LeavesAnEmbeddingWithoutL2ToItsGradient) {
  ModelSpec model = tiny_rnn();
  model.embedding.l2 = false;
  expect_formula(model);
}

TEST_P(LibtorchUpdate, KeepsNothingOfAFrozenEmbedding) {
  ModelSpec model = tiny_rnn();
  model.embedding.trainable = false;
  expect_formula(model);
}

std::vector<Case> cases() {
  std::vector<Case> cases;
  for (const UpdateForm form : {UpdateForm::kPytorch, UpdateForm::kKeras}) {
    for (const OptimizerKind kind :
         {OptimizerKind::kSgd, OptimizerKind::kRmsprop, OptimizerKind::kAdam, OptimizerKind::kAdamW}) {
      const bool adam = kind == OptimizerKind::kAdam || kind == OptimizerKind::kAdamW;
      for (const bool rich : {false, true}) {
        OptimizerSpec spec;
        spec.kind = kind;
        spec.form = form;
        spec.epsilon = 1e-3;  // large, so that its place shows
        if (rich && !adam) spec.momentum = 0.9;
        if (rich) (kind == OptimizerKind::kAdamW ? spec.decay : spec.l2) = 0.1;
        cases.push_back({std::string(name_of(kind)) + "_" + name_of(form) + (rich ? "_rich" : ""), spec});
      }
    }
  }
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Optimizers, LibtorchUpdate, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace rnnbench
