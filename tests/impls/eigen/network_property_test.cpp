// Catches: options that are right alone and wrong together.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "impls/eigen/network.hpp"
#include "tests/impls/eigen/random_models.hpp"
#include "tests/support/gradient_check.hpp"

namespace rnnbench::eigen {
namespace {

constexpr int kDrawnWords = 6;

/// A network in double precision with initial weights that are not small, so that every gate works.
class Started {
 public:
  explicit Started(const ModelSpec& spec) : network(spec, kDrawnWords) {
    for (const auto& [name, tensor] : initial_parameters(spec, kDrawnWords, 3)) {
      const double scale = name == "embedding.weight" && spec.initializers == Initializers::kKeras ? 10 : 1;
      std::transform(tensor.values.begin(), tensor.values.end(), network.weights().weight(name).data(),
                     [&](double value) { return scale * value; });
    }
  }

  Network<double> network;
};

/// Trained values of a weight and where they begin: the padding row of a zero_padding embedding is none.
std::span<double> trained(const ModelSpec& spec, const std::string& name, MatrixMap<double> values) {
  const bool skips_first = name == "embedding.weight" && spec.embedding.zero_padding;
  const auto all = std::span(values.data(), static_cast<std::size_t>(values.size()));
  return all.subspan(skips_first ? static_cast<std::size_t>(values.cols()) : 0);
}

RC_GTEST_PROP(NetworkProperty, GradientsMatchFiniteDifferences, ()) {
  const ModelSpec spec = random_model();
  const SampleBatch batch = random_batch(kDrawnWords);
  const Draw draw = *rc::gen::element(Draw(), Draw(DropoutDraw{17, 2}));
  Started started(spec);
  Network<double>& network = started.network;
  const auto loss = [&] { return network.forward(batch.view(), draw).mean; };
  loss();
  network.backward(batch.view());
  for (const auto& [name, slot] : network.weights().slots()) {
    if (!slot.trainable) continue;
    const std::span<double> values = trained(spec, name, network.weights().gradient(name));
    const std::vector<double> gradient(values.begin(), values.end());
    const auto result =
        gradient_matches(name, trained(spec, name, network.weights().weight(name)), gradient, loss);
    if (!result) RC_FAIL(std::string(result.message()) + "\n" + to_json(spec).dump());
  }
}

// Catches: reviews of a batch that see one another, state that is carried over.
RC_GTEST_PROP(NetworkProperty, ReviewsAreCalledAloneAsInABatch, ()) {
  const ModelSpec spec = random_model();
  const SampleBatch batch = sample_batch(64, *rc::gen::inRange(1, 40), kDrawnWords, 5);
  Started started(spec);
  std::vector<float> together(64);
  started.network.predict(batch.view(), together);
  for (int review = 0; review < 64; ++review) {
    float alone = 0;
    const SampleBatch one = batch.rows(review, 1);
    started.network.predict(one.view(), std::span(&alone, 1));
    RC_ASSERT(std::abs(alone - together[static_cast<std::size_t>(review)]) <= 1e-7F);
  }
}

// A masked slot's word is never looked at: its row gets a gradient of exactly zero, and changing it changes
// nothing.
RC_GTEST_PROP(NetworkProperty, MaskedStepsHaveNoGradient, ()) {
  ModelSpec spec = random_model();
  spec.embedding.mask_padding = true;
  spec.embedding.trainable = true;
  spec.embedding.zero_padding = false;
  const SampleBatch batch = random_batch(kDrawnWords);
  Started started(spec);
  const double loss = started.network.forward(batch.view(), std::nullopt).mean;
  started.network.backward(batch.view());
  RC_ASSERT((started.network.weights().gradient("embedding.weight").row(0).array() == 0).all());
  started.network.weights().weight("embedding.weight").row(0).setConstant(3);
  RC_ASSERT(started.network.forward(batch.view(), std::nullopt).mean == loss);
}

}  // namespace
}  // namespace rnnbench::eigen
