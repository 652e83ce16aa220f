#include "impls/fused/batch_plan.hpp"

#include <gmock/gmock.h>

#include <set>

#include "tests/support/sample_batches.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench::fused {
namespace {

using testing::ElementsAre;

constexpr int kVocabulary = 37;

/// Reviews of lengths 4, 1 and 2 in four slots.
SampleBatch three_reviews(PaddingSide side) {
  SampleBatch batch = sample_batch(3, 4, kVocabulary, 1, side);
  const bool front = side == PaddingSide::kFront;
  batch.ids = front ? std::vector<std::int32_t>{5, 6, 5, 7, 0, 0, 0, 5, 0, 0, 8, 6}
                    : std::vector<std::int32_t>{5, 6, 5, 7, 5, 0, 0, 0, 8, 6, 0, 0};
  batch.lengths = {4, 1, 2};
  return batch;
}

BatchPlan plan_of(const ModelSpec& spec, const SampleBatch& batch, int shards = 1, bool draws = false) {
  return Planner(spec, kVocabulary).plan(batch.view(), draws, shards);
}

TEST(BatchPlan, WalksOverPaddingInFrontOnce) {
  const BatchPlan plan = plan_of(tiny_rnn(), three_reviews(PaddingSide::kFront));
  EXPECT_EQ(plan.walked, Walked::kSharedPads);
  const Shard& shard = plan.shards.front();
  EXPECT_TRUE(shard.has_pads);
  EXPECT_THAT(shard.review, ElementsAre(-1, 0, 2, 1));
  EXPECT_THAT(shard.active, ElementsAre(0, 2, 2, 3, 4));
  EXPECT_EQ(plan.rows, 11);  // of 12 slots, and 4 of the padding
  EXPECT_THAT(plan.words, ElementsAre(0, 5, 6, 7, 8));
}

TEST(BatchPlan, LeavesMaskedSlotsOut) {
  ModelSpec spec = tiny_rnn();
  spec.embedding.mask_padding = true;
  for (const PaddingSide side : {PaddingSide::kFront, PaddingSide::kEnd}) {
    const BatchPlan plan = plan_of(spec, three_reviews(side));
    EXPECT_EQ(plan.walked, Walked::kWords);
    EXPECT_EQ(plan.rows, 7);
    EXPECT_THAT(plan.shards.front().active, ElementsAre(0, 1, 1, 2, 3));
  }
}

TEST(BatchPlan, EndsWhereTheLastWordIsTaken) {
  ModelSpec spec = tiny_rnn();
  spec.pooling = Pooling::kLastValid;
  EXPECT_EQ(plan_of(spec, three_reviews(PaddingSide::kEnd)).rows, 7);
  spec.pooling = Pooling::kLast;
  EXPECT_EQ(plan_of(spec, three_reviews(PaddingSide::kEnd)).rows, 12);
  spec.pooling = Pooling::kLastValid;
  spec.layers[0].bidirectional = true;
  EXPECT_EQ(plan_of(spec, three_reviews(PaddingSide::kEnd)).rows, 12);
}

TEST(BatchPlan, SharesNoPaddingWhereMasksDiffer) {
  ModelSpec spec = tiny_rnn();
  spec.layers[0].recurrent_dropout = 0.5;
  EXPECT_EQ(plan_of(spec, three_reviews(PaddingSide::kFront), 1, true).walked, Walked::kAll);
  EXPECT_EQ(plan_of(spec, three_reviews(PaddingSide::kFront), 1, false).walked, Walked::kSharedPads);
  spec.layers[0].recurrent_dropout = 0;
  spec.layers[0].output_dropout = 0.5;  // acts behind the states
  EXPECT_EQ(plan_of(spec, three_reviews(PaddingSide::kFront), 1, true).walked, Walked::kSharedPads);
}

TEST(BatchPlan, KeepsTheWordsOfReviewsApartWhereMasksDoSo) {
  ModelSpec spec = tiny_rnn();
  spec.embedding.mask_padding = true;
  spec.embedding.spatial_dropout = 0.5;
  const SampleBatch batch = three_reviews(PaddingSide::kFront);
  const BatchPlan plan = plan_of(spec, batch, 1, true);
  EXPECT_THAT(plan.words, ElementsAre(5, 6, 7, 8, 6, 5));
  EXPECT_THAT(plan.word_sample, ElementsAre(0, 0, 0, 1, 1, 2));
  EXPECT_THAT(plan_of(spec, batch, 1, false).words, ElementsAre(5, 6, 7, 8));
  spec.embedding.spatial_dropout = 0;
  spec.layers[0].recurrent_dropout = 0.5;  // acts on no word
  EXPECT_THAT(plan_of(spec, batch, 1, true).words, ElementsAre(5, 6, 7, 8));
}

// Catches: a row that belongs to no word, or to two.
TEST(BatchPlan, ListsEachRowUnderItsWord) {
  const SampleBatch batch = sample_batch(19, 23, kVocabulary, 3, PaddingSide::kFront);
  const BatchPlan plan = plan_of(tiny_rnn(), batch, 3);
  EXPECT_EQ(plan.shards.size(), 3U);
  std::set<std::int32_t> seen;
  for (std::size_t word = 0; word < plan.words.size(); ++word) {
    for (std::int32_t i = plan.word_begin[word]; i < plan.word_begin[word + 1]; ++i) {
      const std::int32_t row = plan.word_rows[static_cast<std::size_t>(i)];
      EXPECT_TRUE(seen.insert(row).second);
      EXPECT_EQ(plan.row_word[static_cast<std::size_t>(row)], static_cast<std::int32_t>(word));
    }
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(plan.rows));
}

}  // namespace
}  // namespace rnnbench::fused
