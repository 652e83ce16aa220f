#include "impls/fused/explain.hpp"

#include <gtest/gtest.h>

#include "harness/model/arithmetic.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench::fused {
namespace {

constexpr int kKnownWords = 37, kReviews = 19, kTime = 23;

double saved(const StepExplanation& explanation) {
  double sum = 0;
  for (const ShortcutUse& use : explanation.shortcuts) sum += use.operations;
  return sum;
}

// Catches: operations that are counted twice or forgotten.
TEST(Explain, WhatIsNeededAndWhatIsSavedAreTheStepAsWritten) {
  for (const Cell cell : {Cell::kRnn, Cell::kLstm, Cell::kGru}) {
    for (const bool bidirectional : {false, true}) {
      ModelSpec spec = tiny_rnn();
      spec.layers = {{.cell = cell, .units = 5, .bidirectional = bidirectional}, {.cell = cell, .units = 3}};
      spec.dense = {{.units = 4}};
      const SampleBatch batch = sample_batch(kReviews, kTime, kKnownWords, 3, PaddingSide::kFront);
      Planner planner(spec, kKnownWords);
      const BatchPlan& plan = planner.plan(batch.view(), true, {2, 4});
      for (const bool words : {true, false}) {
        const StepExplanation explanation = explain(spec, batch.view(), plan, words, 1000);
        const double written = step_operations(spec, kReviews, kTime);
        EXPECT_NEAR(explanation.operations() + saved(explanation), written, 1e-9 * written);
        EXPECT_EQ(explanation.shortcuts.back().done,
                  words ? static_cast<double>(plan.words.size()) : plan.rows);
      }
    }
  }
}

TEST(Explain, PaddingIsSharedOnlyWhereThatIsLess) {
  const ModelSpec spec = tiny_rnn();
  for (const int reviews : {1, 2, 3, 8, 40}) {
    const SampleBatch batch = sample_batch(reviews, kTime, kKnownWords, 3, PaddingSide::kFront);
    Planner planner(spec, kKnownWords);
    const BatchPlan& plan = planner.plan(batch.view(), false, {2, 8});
    EXPECT_EQ(plan.walked, Walked::kSharedPads);
    EXPECT_LE(plan.rows, reviews * kTime) << reviews << " reviews";
  }
}

TEST(Explain, FrozenWordsNeedNoGradient) {
  ModelSpec spec = tiny_rnn();
  const SampleBatch batch = sample_batch(kReviews, kTime, kKnownWords, 3, PaddingSide::kFront);
  Planner planner(spec, kKnownWords);
  const BatchPlan& plan = planner.plan(batch.view(), true, {2, 4});
  const double trained = explain(spec, batch.view(), plan, true, 1000).operations();
  spec.embedding.trainable = false;
  const double products = 2.0 * static_cast<double>(plan.words.size()) * spec.embedding.size *
                          spec.layers[0].units * gate_count(spec.layers[0].cell);
  const StepExplanation frozen = explain(spec, batch.view(), plan, true, 1000);
  EXPECT_NEAR(trained - frozen.operations(), products, 1e-6);
  EXPECT_NEAR(frozen.operations() + saved(frozen), frozen.written, 1e-9 * frozen.written);
}

}  // namespace
}  // namespace rnnbench::fused
