// The fused network against the plain one in double precision, over models, options and odd shapes.
// Catches: a shortcut that isn't exact, rows of a shard mixed up, a mask in the wrong order, padding lanes
// that leak, a bias or an embedding row counted wrongly.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "impls/fused/support.hpp"
#include "tests/impls/eigen/random_models.hpp"
#include "tests/impls/fused/network_pair.hpp"

namespace rnnbench::fused {
namespace {

constexpr int kDrawnWords = 37;

ModelSpec wide_model() {
  ModelSpec model = random_model();
  const auto units = [] { return *rc::gen::element(1, 4, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70); };
  model.embedding.size = units();  // of 64 and more the words of a review are folded too
  if (model.layers.size() > 2) model.layers.resize(2);
  for (LayerSpec& layer : model.layers) {
    layer.units = units();
    // A linear layer's states grow, and with them what single precision rounds.
    if (layer.cell == Cell::kRnn && sizeof(Real) == 8) {
      layer.activation = *rc::gen::element(Activation::kTanh, Activation::kNone);
    }
  }
  return model;
}

SampleBatch odd_batch() {
  SampleBatch batch = sample_batch(*rc::gen::element(1, 2, 5, 16, 17, 40, 70), *rc::gen::element(1, 2, 7, 23),
                                   kDrawnWords, *rc::gen::inRange<std::uint64_t>(1, 1000),
                                   *rc::gen::element(PaddingSide::kFront, PaddingSide::kEnd));
  // Padding where none should be, and reviews without a word.
  if (*rc::gen::weightedElement<bool>({{3, false}, {1, true}})) batch.ids[batch.ids.size() / 2] = 0;
  if (*rc::gen::weightedElement<bool>({{3, false}, {1, true}})) {
    std::fill(batch.ids.end() - batch.time, batch.ids.end(), 0);
    batch.lengths.back() = 0;
  }
  return batch;
}

/// Any instruction set of this processor, from here on.
void any_kernels() { use_kernels(*rc::gen::elementOf(kernel_targets())); }

Shortcuts any_shortcuts() {
  std::vector<std::string> without;
  for (const std::string& name : fused_shortcuts()) {
    if (*rc::gen::weightedElement<bool>({{4, false}, {1, true}})) without.push_back(name);
  }
  return shortcuts_without(without);
}

void expect(const std::string& difference, const ModelSpec& spec, const SampleBatch& batch) {
  if (!difference.empty()) {
    RC_FAIL(difference + "\n" + to_json(spec).dump() + "\nreviews " + std::to_string(batch.labels.size()) +
            " time " + std::to_string(batch.time) + (batch.padded_at_front ? " front" : " end"));
  }
}

void expect_same_predictions(NetworkPair& pair, const ModelSpec& spec, const SampleBatch& batch) {
  std::vector<float> expected(batch.labels.size()), actual(batch.labels.size());
  pair.plain.predict(batch.view(), expected);
  pair.fused.predict(batch.view(), actual);
  for (std::size_t review = 0; review < expected.size(); ++review) {
    if (std::abs(actual[review] - expected[review]) > 1e-5F) {
      expect(fmt::format("review {}: {}, not {}", review, actual[review], expected[review]), spec, batch);
    }
  }
}

RC_GTEST_PROP(FusedNetworkProperty, GradientsAreThoseOfThePlainEngine, ()) {
  any_kernels();
  const ModelSpec spec = wide_model();
  const SampleBatch batch = odd_batch();
  const Draw draw = *rc::gen::element(Draw(), Draw(DropoutDraw{17, 2}));
  NetworkPair pair(spec, kDrawnWords, *rc::gen::inRange(1, 4), any_shortcuts());
  for (int time = 0; time < 2; ++time) {  // the second finds what the first left
    const double expected = pair.plain.forward(batch.view(), draw).mean;
    if (expected < 0.02) return;  // p − y is then what single precision leaves of p
    pair.plain.backward(batch.view());
    NullPhaseClock phases;
    const double actual = pair.fused.gradients(batch.view(), draw, phases).mean;
    if (!(std::abs(actual - expected) <= kRounding * 1e-4 * (1 + std::abs(expected)))) {
      expect(fmt::format("loss {}, not {}", actual, expected), spec, batch);
    }
    expect(difference_in_all(eigen::export_gradients(pair.fused.weights()),
                             eigen::export_gradients(pair.plain.weights()), kRounding * 5e-3),
           spec, batch);
  }
}

RC_GTEST_PROP(FusedNetworkProperty, PredictionsAndActivationsAreThoseOfThePlainEngine, ()) {
  any_kernels();
  ModelSpec spec = wide_model();
  if (*rc::gen::arbitrary<bool>()) spec.pooling = Pooling::kMax;
  const SampleBatch batch = odd_batch();
  NetworkPair pair(spec, kDrawnWords, *rc::gen::inRange(1, 4), any_shortcuts());
  expect_same_predictions(pair, spec, batch);
  expect(difference_in_all(pair.fused.activations(batch.view()), pair.plain.activations(batch.view()),
                           kRounding * 1e-4),
         spec, batch);
}

double to_bfloat16(double value) {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);  // of 8 digits, the nearest, even of two
  return std::ldexp(std::nearbyint(std::ldexp(fraction, 8)), exponent - 8);
}

// Catches: a kernel that is rounded and shouldn't be or the other way round, numbers of even and odd depth
// confused, weights of an earlier state.
RC_GTEST_PROP(FusedNetworkProperty, PredictionsWithRoundedWeightsAreThoseOfTheRoundedModel, ()) {
  if (sizeof(Real) == 8) return;
  any_kernels();
  const ModelSpec spec = wide_model();
  const SampleBatch batch = odd_batch();
  NetworkPair pair(spec, kDrawnWords, *rc::gen::inRange(1, 4), {}, 0, /*rounds=*/true);
  NullPhaseClock phases;
  pair.fused.gradients(batch.view(), {}, phases);  // leaves packed weights that aren't rounded
  for (const auto& [name, slot] : pair.plain.weights().slots()) {
    const bool kernel = name.find("kernel") != std::string::npos;
    if (!kernel || name.starts_with("dense") || name.starts_with("head")) continue;
    if (name.starts_with("layers.0.") && name.find("input") != std::string::npos) continue;
    for (double& weight : pair.plain.weights().weight(name).reshaped()) weight = to_bfloat16(weight);
  }
  expect_same_predictions(pair, spec, batch);
}

// Catches: words' products of earlier weights, of another batch, or of words that were never made.
RC_GTEST_PROP(FusedNetworkProperty, KeptWordsAreOfTheWeightsAsTheyAre, ()) {
  const ModelSpec spec = wide_model();
  NetworkPair pair(spec, kDrawnWords, *rc::gen::inRange(1, 4), {});
  for (int time = 0; time < 4; ++time) {
    const SampleBatch batch = odd_batch();
    if (time == 2) {
      for (Real& weight : pair.fused.weights().weights()) weight *= Real(0.5);
      pair.plain.weights().weights() *= 0.5;
      pair.fused.weights_changed();
    }
    expect_same_predictions(pair, spec, batch);
  }
  const SampleBatch batch = odd_batch();  // among words of others, and alone
  std::vector<float> among(batch.labels.size()), alone(batch.labels.size());
  pair.fused.predict(batch.view(), among);
  pair.fused.weights_changed();
  pair.fused.predict(batch.view(), alone);
  if (among != alone) expect("other bits after other batches", spec, batch);
}

}  // namespace
}  // namespace rnnbench::fused
