// Catches: a missing bias correction, epsilon inside the root, L2 after the moments or before clipping,
// decay twice, another momentum.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "harness/core/philox.hpp"
#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

constexpr int kOptimizerWords = 5;
constexpr int kUnits = 8;

/// One relu step into a sigmoid head.
ModelSpec exact_model() {
  ModelSpec model = tiny_rnn();
  model.embedding.size = kUnits;
  model.layers[0].units = kUnits;
  model.layers[0].activation = Activation::kRelu;
  model.head = Head::kSigmoid;
  return model;
}

/// Weights of `exact_model` whose gradients on `exact_batch` are sums of a few powers of two: every logit
/// is exactly 0 and its probability 1/2, so that no engine rounds anywhere.
Parameters exact_weights() {
  Parameters weights = initial_parameters(exact_model(), kOptimizerWords, 1);
  for (auto& [name, tensor] : weights) std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
  float logit = 0;
  for (int unit = 0; unit < kUnits; ++unit) {
    const float feature = static_cast<float>(unit + 1) / 8;
    const float head = static_cast<float>(unit % 3 + 1) / 4 * (unit % 2 == 0 ? 1 : -1);
    const auto i = static_cast<std::size_t>(unit);
    for (int word = 0; word < kOptimizerWords; ++word) {
      weights["embedding.weight"].values[static_cast<std::size_t>(word) * kUnits + i] = feature;
    }
    weights["layers.0.input_kernel"].values[i * kUnits + i] = 1;
    weights["layers.0.recurrent_kernel"].values[i] = feature;  // weighed by a state of 0
    weights["head.kernel"].values[i] = head;
    logit += head * feature;
  }
  weights["head.bias"].values[0] = -logit;
  return weights;
}

/// Four reviews of one word, three of them positive.
SampleBatch exact_batch() {
  SampleBatch batch = sample_batch(4, 1, kOptimizerWords, 1);
  batch.labels = {1, 1, 0, 1};
  return batch;
}

/// Moments as if four steps had been taken; none so small that one weight moves far beyond the others.
Parameters with_optimizer_state(Parameters state, const OptimizerSpec& optimizer) {
  RandomStream random(1, 0);
  const Parameters weights = state;
  state["optimizer.step"] = {{1}, {4}};
  for (const auto& [name, weight] : weights) {
    if (optimizer.kind == OptimizerKind::kSgd && optimizer.momentum == 0) continue;
    Tensor& first = state["optimizer.m/" + name] = weight;
    for (double& value : first.values) value = static_cast<float>(random.normal());
    if (optimizer.kind == OptimizerKind::kSgd) continue;
    Tensor& second = state["optimizer.v/" + name] = weight;
    for (double& value : second.values) value = static_cast<float>(std::pow(0.5 + random.uniform(), 2));
  }
  return state;
}

/// Two steps from one float of that size to the next.
double rounding(double one, double other) { return 2.4e-7 * std::max(std::abs(one), std::abs(other)); }

/// Movements agree within 1e-6 of the tensor's largest, but for the rounding of the weights themselves.
testing::AssertionResult same_update(const Parameters& before, const Parameters& actual,
                                     const Parameters& expected) {
  for (const auto& [name, tensor] : expected) {
    const auto start = before.find(name);
    const auto from = [&](std::size_t i) {
      return start == before.end() ? 0.0 : double{start->second.values[i]};
    };
    double largest = 0;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      largest = std::max(largest, std::abs(double{tensor.values[i]} - from(i)));
    }
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      const double value = actual.at(name).values[i];
      const double wanted = tensor.values[i];
      if (!(std::abs(value - wanted) <= 1e-6 * largest + rounding(from(i), wanted))) {
        return testing::AssertionFailure()
               << name << " " << i << " went from " << from(i) << " to " << value << ", expected " << wanted;
      }
    }
  }
  return testing::AssertionSuccess();
}

struct OptimizerCase {
  std::string name;
  OptimizerSpec optimizer;
};

OptimizerCase optimizer_case(const std::string& name, OptimizerKind kind, double l2, double decay,
                             double momentum) {
  OptimizerSpec optimizer;
  optimizer.kind = kind;
  optimizer.l2 = l2;
  optimizer.decay = decay;
  optimizer.momentum = momentum;
  return {name, optimizer};
}

using Case = std::tuple<OptimizerCase, double, bool>;

class OptimizerParity : public testing::TestWithParam<Case> {};

TEST_P(OptimizerParity, MovesWeightsAlikeFromEqualGradientsAndState) {
  const auto& [optimizer, clip_norm, resumed] = GetParam();
  TrainingSpec training;
  training.optimizer = optimizer.optimizer;
  training.clip_norm = clip_norm;
  const EngineSetup setup = single_thread_setup(exact_model(), training, kOptimizerWords, 1);
  const auto reference = make_engine("libtorch", setup);
  const auto candidate = make_engine("eigen", setup);
  Parameters before = exact_weights();
  if (resumed) before = with_optimizer_state(before, training.optimizer);
  reference->set_state(before);
  candidate->set_state(before);
  const SampleBatch batch = exact_batch();
  ASSERT_TRUE(identical(candidate->gradients(batch.view(), std::nullopt).gradients,
                        reference->gradients(batch.view(), std::nullopt).gradients));

  // A large rate: what moves the weights is then far above their rounding.
  NullPhaseClock phases;
  reference->train_step(batch.view(), /*learning_rate=*/16, phases);
  candidate->train_step(batch.view(), /*learning_rate=*/16, phases);
  EXPECT_TRUE(same_update(before, candidate->state(), reference->state()));
  EXPECT_TRUE(
      same_update(before, reference->state(), candidate->state()));  // neither has a tensor of its own
}

std::vector<OptimizerCase> optimizer_cases() {
  return {optimizer_case("Adam", OptimizerKind::kAdam, 0, 0, 0),
          optimizer_case("AdamWithL2", OptimizerKind::kAdam, 0.01, 0, 0),
          optimizer_case("AdamW", OptimizerKind::kAdamW, 0, 0.01, 0),
          optimizer_case("Sgd", OptimizerKind::kSgd, 0, 0, 0),
          optimizer_case("SgdWithMomentumAndL2", OptimizerKind::kSgd, 0.01, 0, 0.9)};
}

std::string case_name(const testing::TestParamInfo<Case>& info) {
  const auto& [optimizer, clip_norm, resumed] = info.param;
  const char* clipping = clip_norm == 0 ? "" : clip_norm < 1 ? "Clipped" : "BelowTheClip";
  return optimizer.name + clipping + (resumed ? "Resumed" : "Fresh");
}

INSTANTIATE_TEST_SUITE_P(Optimizers, OptimizerParity,
                         testing::Combine(testing::ValuesIn(optimizer_cases()),
                                          testing::Values(0, 0.125, 1e6), testing::Bool()),
                         case_name);

}  // namespace
}  // namespace rnnbench
