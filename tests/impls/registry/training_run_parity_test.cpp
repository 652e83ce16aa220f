// Catches: engines that agree on fresh weights only, a training step that takes other gradients than
// gradients() gives, totals that count something else.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/impls/registry/review_batches.hpp"
#include "tests/impls/registry/started_engine.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

constexpr int kReviews = 32;

class TrainingRunParity : public testing::Test {
 protected:
  void SetUp() override { setenv("XDG_CACHE_HOME", cache_.c_str(), /*overwrite=*/1); }
  void TearDown() override { std::filesystem::remove_all(cache_); }

  const std::filesystem::path cache_ =
      std::filesystem::path(testing::TempDir()) / ("training_run_parity_" + std::to_string(getpid()));
};

SampleModel without_dropout(SampleModel sample) {
  sample.model.layers[0].output_dropout = 0;
  sample.training.clip_norm = 0.5;
  return sample;
}

/// Where Adam's step doesn't blow rounding up: at entries whose gradient exceeds 1e-3 of the largest.
void expect_same_movement(const Parameters& before, const Parameters& actual, const Parameters& expected,
                          const Parameters& gradients, double learning_rate) {
  for (const auto& [name, gradient] : gradients) {
    float largest = 0;
    for (const float value : gradient.values) largest = std::max(largest, std::abs(value));
    for (std::size_t i = 0; i < gradient.values.size(); ++i) {
      if (std::abs(gradient.values[i]) <= 1e-3F * largest) continue;
      ASSERT_NEAR(actual.at(name).values[i], expected.at(name).values[i],
                  0.01 * learning_rate + 1e-6 * std::abs(before.at(name).values[i]))
          << name << " " << i;
    }
  }
}

void expect_same_step(Engine& reference, Engine& candidate, const SampleBatch& batch, double learning_rate) {
  const Parameters before = reference.state();
  const LossAndGradients expected = reference.gradients(batch.view(), std::nullopt);
  const LossAndGradients actual = candidate.gradients(batch.view(), std::nullopt);
  EXPECT_NEAR(actual.loss, expected.loss, 1e-5 * expected.loss);
  EXPECT_TRUE(near(actual.gradients, expected.gradients, RelativeToLargest{1e-4}));

  NullPhaseClock phases;
  reference.take_totals();
  candidate.take_totals();
  reference.train_step(batch.view(), learning_rate, phases);
  candidate.train_step(batch.view(), learning_rate, phases);
  const StepTotals expected_totals = reference.take_totals();
  const StepTotals actual_totals = candidate.take_totals();
  EXPECT_NEAR(actual_totals.loss, expected_totals.loss, 1e-5 * expected_totals.loss);
  EXPECT_NEAR(actual_totals.gradient_norm, expected_totals.gradient_norm,
              1e-5 * expected_totals.gradient_norm);
  EXPECT_NEAR(static_cast<double>(actual_totals.correct), static_cast<double>(expected_totals.correct), 1);
  EXPECT_EQ(actual_totals.reviews, expected_totals.reviews);

  const Parameters expected_state = reference.state();
  const Parameters actual_state = candidate.state();
  for (const auto& [name, tensor] : expected_state) {
    if (!name.starts_with("optimizer.")) continue;
    EXPECT_TRUE(near(actual_state.at(name), tensor, RelativeToLargest{2e-4})) << name;
  }
  expect_same_movement(before, actual_state, expected_state, expected.gradients, learning_rate);
}

/// Trains on all batches; at every `stride`th both engines take the step from the same state.
void expect_parity_along(const SampleModel& sample, const std::vector<SampleBatch>& batches,
                         std::size_t stride) {
  ASSERT_GE(batches.size(), 3 * stride);
  const EngineSetup setup =
      single_thread_setup(sample.model, sample.training, sample.vocabulary, sample.length);
  const auto reference = started_engine("libtorch", setup);
  const auto candidate = started_engine("eigen", setup);
  const double rate = sample.training.optimizer.learning_rate;
  NullPhaseClock phases;
  for (std::size_t step = 0; step < batches.size(); ++step) {
    if (step % stride != 0) {
      reference->train_step(batches[step].view(), rate, phases);
      continue;
    }
    SCOPED_TRACE("step " + std::to_string(step));
    candidate->set_state(reference->state());
    expect_same_step(*reference, *candidate, batches[step], rate);
    if (testing::Test::HasFailure()) return;
  }
}

TEST_F(TrainingRunParity, HoldsOnToyReviews) {
  SampleModel sample = without_dropout(reported_models().front());
  sample.vocabulary = 256;
  sample.length = 40;
  sample.training.optimizer.learning_rate = 5e-3;
  const auto batches = review_batches("toy", "toy", sample.vocabulary, sample.length, 60, kReviews);
  expect_parity_along(sample, batches, 20);
  sample.model.pooling = Pooling::kLastValid;
  sample.model.head = Head::kSigmoid;
  sample.model.layers.push_back(sample.model.layers[0]);
  expect_parity_along(sample, batches, 20);
}

TEST_F(TrainingRunParity, HoldsOnImdbReviews) {
  if (std::getenv("RNNBENCH_DATA") == nullptr) GTEST_SKIP() << "RNNBENCH_DATA is not set";
  const SampleModel sample = without_dropout(reported_models().front());
  expect_parity_along(
      sample, review_batches("imdb", "pytorch-rnn-meanpool", sample.vocabulary, sample.length, 60, kReviews),
      20);
}

}  // namespace
}  // namespace rnnbench
