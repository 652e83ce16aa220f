// Shared masks: a mask on the columns of a product is the same as those columns of its weights scaled, for
// each review by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "harness/core/settings.hpp"
#include "harness/statistics/moments.hpp"
#include "tests/impls/libtorch/tiny_engine.hpp"
#include "tests/support/near.hpp"

namespace rnnbench {
namespace {

constexpr int kDropoutReviews = 5;
constexpr double kRate = 0.4;
const DropoutDraw kDraw{19, 6};

std::vector<double> mask_of(std::size_t count, std::uint32_t site) {
  std::vector<double> mask(count);
  fill_dropout_mask(kRate, site, kDraw, std::span(mask));
  return mask;
}

/// Multiplies each column of `tensor` by its factor.
void scale_columns(Tensor& tensor, std::span<const double> factors) {
  for (std::size_t i = 0; i < tensor.values.size(); ++i) tensor.values[i] *= factors[i % factors.size()];
}

/// A site's mask [reviews, features], and the weights whose columns are features of it.
struct Site {
  std::uint32_t site;
  std::size_t features;
  std::string scaled;
};

/// Expects `dropping`, with the masks of kDraw, to have the mean loss of its reviews with scaled weights.
void expect_masks(const ModelSpec& dropping, const std::vector<Site>& sites) {
  const auto engine = started_engine("libtorch", double_setup(dropping));
  const Parameters weights = engine->state();
  const SampleBatch batch = sample_batch(kDropoutReviews, kTime, kVocabulary, 51);
  const double loss = engine->gradients(batch.view(), kDraw).loss;
  EXPECT_NE(loss, engine->gradients(batch.view(), std::nullopt).loss);

  double expected = 0;
  for (int review = 0; review < kDropoutReviews; ++review) {
    Parameters scaled = weights;
    for (const Site& site : sites) {
      const std::vector<double> mask = mask_of(kDropoutReviews * site.features, site.site);
      scale_columns(scaled.at(site.scaled),
                    std::span(mask).subspan(static_cast<std::size_t>(review) * site.features, site.features));
    }
    engine->set_state(scaled);
    expected += engine->gradients(batch.rows(review, 1).view(), std::nullopt).loss / kDropoutReviews;
  }
  EXPECT_NEAR(loss, expected, 1e-13);
}

TEST(LibtorchSharedMasks, SpatialDropoutDropsFeaturesOfAReview) {
  ModelSpec model = tiny_rnn();
  model.embedding.spatial_dropout = kRate;
  expect_masks(model, {{dropout_site(DropoutKind::kSpatial, 0), 3, "embedding.weight"}});
}

TEST(LibtorchSharedMasks, InputAndRecurrentDropoutHaveOneMaskADirectionForAllSteps) {
  for (const LayerSpec& layer : every_layer(4)) {
    SCOPED_TRACE(text_of(layer));
    ModelSpec model = tiny_rnn();
    model.layers = {layer};
    model.pooling = Pooling::kMean;
    const auto sites = [&](DropoutKind kind, std::size_t features, const std::string& kernel) {
      std::vector<Site> directions{{dropout_site(kind, 0), features, "layers.0." + kernel}};
      if (layer.bidirectional) {
        directions.push_back({dropout_site(kind, 0, true), features, "layers.0.backward." + kernel});
      }
      return directions;
    };
    model.layers[0].input_dropout = kRate;
    expect_masks(model, sites(DropoutKind::kInput, 3, "input_kernel"));
    model.layers[0].input_dropout = 0;
    model.layers[0].recurrent_dropout = kRate;
    expect_masks(model, sites(DropoutKind::kRecurrent, 4, "recurrent_kernel"));
    model.layers[0].input_dropout = kRate;
    std::vector<Site> both = sites(DropoutKind::kInput, 3, "input_kernel");
    for (const Site& site : sites(DropoutKind::kRecurrent, 4, "recurrent_kernel")) both.push_back(site);
    expect_masks(model, both);
  }
}

TEST(LibtorchSharedMasks, ActOnWhatPoolingAndDenseLayersGive) {
  ModelSpec model = tiny_rnn();
  model.dropout = kRate;
  expect_masks(model, {{dropout_site(DropoutKind::kPooled, 0), 4, "head.kernel"}});
  model.dropout = 0;
  model.dense = {{5, Activation::kTanh, 0}, {6, Activation::kTanh, kRate}};
  expect_masks(model, {{dropout_site(DropoutKind::kDense, 1), 6, "head.kernel"}});
  model.dense[0].dropout = kRate;
  expect_masks(model, {{dropout_site(DropoutKind::kDense, 0), 5, "dense.1.kernel"},
                       {dropout_site(DropoutKind::kDense, 1), 6, "head.kernel"}});
}

TEST(LibtorchSharedMasks, OutputDropoutDropsEachElement) {
  ModelSpec model = tiny_model([](LayerSpec& layer) { layer.output_dropout = kRate; });
  model.layers.insert(model.layers.begin(), tiny_rnn().layers[0]);
  model.head = Head::kSigmoid;
  const auto engine = started_engine("libtorch", double_setup(model));
  const SampleBatch batch = sample_batch(kDropoutReviews, kTime, kVocabulary, 52);
  const std::vector<double> outputs = engine->activations(batch.view()).at("layers.1").values;
  const std::vector<double> mask = mask_of(outputs.size(), dropout_site(DropoutKind::kLayerOutput, 1));
  const Parameters weights = engine->state();
  double loss = 0;
  for (std::size_t review = 0; review < kDropoutReviews; ++review) {
    double logit = weights.at("head.bias").values[0];
    for (std::size_t unit = 0; unit < 4; ++unit) {
      const std::size_t last = ((kTime - 1) * kDropoutReviews + review) * 4 + unit;
      logit += weights.at("head.kernel").values[unit] * outputs[last] * mask[last];
    }
    loss += std::log1p(std::exp(batch.labels[review] == 1 ? -logit : logit)) / kDropoutReviews;
  }
  EXPECT_NEAR(engine->gradients(batch.view(), kDraw).loss, loss, 1e-13);
}

ModelSpec with_all_dropout() {
  ModelSpec model = tiny_model([](LayerSpec& layer) {
    layer.bidirectional = true;
    layer.input_dropout = layer.recurrent_dropout = layer.output_dropout = 0.3;
  });
  model.layers.push_back(model.layers[0]);
  model.layers[1].recurrent_dropout = 0;
  model.embedding.spatial_dropout = model.dropout = 0.3;
  model.dense = {{4, Activation::kTanh, 0.3}};
  return model;
}

TEST(LibtorchSharedMasks, AStepTakesThoseOfItsNumber) {
  TrainingSpec training;
  training.optimizer.kind = OptimizerKind::kSgd;
  EngineSetup setup = double_setup(with_all_dropout(), training);
  setup.shared_masks = true;
  const auto engine = started_engine("libtorch", setup);
  const SampleBatch batch = sample_batch(kDropoutReviews, kTime, kVocabulary, 53);
  for (std::uint64_t step = 0; step < 3; ++step) {
    const LossAndGradients expected = engine->gradients(batch.view(), DropoutDraw{setup.dropout_seed, step});
    Parameters after = engine->state();
    for (auto& [name, gradient] : expected.gradients) {
      for (std::size_t i = 0; i < gradient.values.size(); ++i) {
        after.at(name).values[i] -= 0.5 * gradient.values[i];
      }
    }
    after["optimizer.step"] = {{1}, {static_cast<double>(step + 1)}};
    train(*engine, batch, 1, /*learning_rate=*/0.5);
    EXPECT_TRUE(near(engine->state(), after, RelativeToLargest{1e-14}));
    EXPECT_NEAR(engine->take_totals().loss, expected.loss, 1e-14);
  }
}

TEST(LibtorchSharedMasks, AreSaidToBeUsed) {
  EngineSetup setup = tiny_setup();
  EXPECT_EQ(Json::parse(make_engine("libtorch", setup)->describe()).at("dropout"), "libtorch");
  setup.shared_masks = true;
  EXPECT_EQ(Json::parse(make_engine("libtorch", setup)->describe()).at("dropout"), "shared masks");
}

/// Turns one kind of dropout on.
const std::vector<std::function<void(ModelSpec&, double)>> kKinds = {
    [](ModelSpec& m, double rate) { m.embedding.spatial_dropout = rate; },
    [](ModelSpec& m, double rate) { m.layers[0].input_dropout = rate; },
    [](ModelSpec& m, double rate) { m.layers[0].recurrent_dropout = rate; },
    [](ModelSpec& m, double rate) { m.layers[0].output_dropout = rate; },
    [](ModelSpec& m, double rate) { m.dropout = rate; },
    [](ModelSpec& m, double rate) { m.dense[0].dropout = rate; }};

ModelSpec dropping(std::size_t kind, double rate) {
  ModelSpec model = tiny_rnn();
  model.dense = {{4, Activation::kTanh, 0}};
  kKinds[kind](model, rate);
  return model;
}

// Each kind of dropout alone: at a rate near 1 little is left of a step's loss but its head's bias.
TEST(LibtorchDropout, OfLibtorchActsAtEverySite) {
  const SampleBatch batch = sample_batch(64, kTime, kVocabulary, 54);
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    const auto loss_of_step = [&](double rate, std::uint64_t seed) {
      EngineSetup setup = tiny_setup(dropping(kind, rate));
      setup.dropout_seed = seed;
      const auto engine = started_engine("libtorch", setup);
      train(*engine, batch, 1);
      return engine->take_totals().loss;
    };
    const double without = loss_of_step(0, 1);
    const double with = loss_of_step(0.5, 1);
    EXPECT_NE(with, without) << kind;
    EXPECT_EQ(with, loss_of_step(0.5, 1)) << kind;
    EXPECT_NE(with, loss_of_step(0.5, 2)) << kind;
  }
}

/// At the initial weights, over `draws` draws of masks.
SampleMoments moments_of_loss(std::size_t kind, bool shared, const SampleBatch& batch, int draws) {
  EngineSetup setup = tiny_setup(dropping(kind, 0.3));
  setup.shared_masks = shared;
  const auto engine = started_engine("libtorch", setup);
  SampleMoments moments;
  for (int draw = 0; draw < draws; ++draw) {
    train(*engine, batch, 1, /*learning_rate=*/0);
    moments.add(engine->take_totals().loss);
  }
  return moments;
}

// Catches: the share that stays taken for the rate, kept elements that aren't scaled, one mask for all
// reviews: trainings by themselves would then differ from those with shared masks by more than chance.
TEST(LibtorchDropout, OfLibtorchScattersTheLossAsSharedMasksDo) {
  constexpr int kDraws = 300;
  const SampleBatch batch = sample_batch(16, kTime, kVocabulary, 55);
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    const SampleMoments own = moments_of_loss(kind, false, batch, kDraws);
    const SampleMoments shared = moments_of_loss(kind, true, batch, kDraws);
    EXPECT_NEAR(own.mean, shared.mean,
                4 * std::hypot(own.deviation(), shared.deviation()) / std::sqrt(kDraws))
        << kind;
    EXPECT_GT(own.deviation(), 0) << kind;
    EXPECT_NEAR(own.deviation() / shared.deviation(), 1, 0.25) << kind;
  }
}

}  // namespace
}  // namespace rnnbench
