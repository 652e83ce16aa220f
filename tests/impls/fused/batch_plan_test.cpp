#include "impls/fused/batch_plan.hpp"

#include <gmock/gmock.h>

#include <map>
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

BatchPlan plan_of(const ModelSpec& spec, const SampleBatch& batch, int shards = 1, bool draws = false,
                  int reviews = 64) {
  return Planner(spec, kVocabulary).plan(batch.view(), draws, {shards, reviews});
}

TEST(BatchPlan, WalksOverPaddingInFrontOnce) {
  const BatchPlan plan = plan_of(tiny_rnn(), three_reviews(PaddingSide::kFront));
  EXPECT_EQ(plan.walked, Walked::kSharedPads);
  const Shard& shard = plan.shards.front();
  EXPECT_TRUE(shard.has_pads);
  EXPECT_THAT(shard.review, ElementsAre(-1, 0, 2, 1));
  EXPECT_THAT(shard.active, ElementsAre(0, 2, 2, 3, 4));
  EXPECT_EQ(plan.rows, 11);                             // of 12 slots, and 4 of the padding
  EXPECT_THAT(plan.words, ElementsAre(0, 5, 6, 8, 7));  // tick by tick
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
  EXPECT_THAT(plan_of(spec, batch, 1, false).words, ElementsAre(5, 6, 8, 7));
  spec.embedding.spatial_dropout = 0;
  spec.layers[0].recurrent_dropout = 0.5;  // acts on no word
  EXPECT_THAT(plan_of(spec, batch, 1, true).words, ElementsAre(5, 6, 8, 7));
}

/// Each row of a group once, under the word that it stands for.
void expect_all_rows(const BatchPlan& plan, const Group& group) {
  std::map<std::int32_t, std::int32_t> word_of_row;
  for (std::size_t i = 0; i < group.words.size(); ++i) {
    for (std::int32_t k = group.begin[i]; k < group.begin[i + 1]; ++k) {
      const std::int32_t row = group.rows_by_word[static_cast<std::size_t>(k)];
      EXPECT_TRUE(word_of_row.emplace(row, group.words[i]).second);
    }
  }
  EXPECT_EQ(word_of_row.size(), static_cast<std::size_t>(group.rows));
  const int base = plan.own_words ? group.first_word : 0;
  for (int number = group.first_shard; number < group.end_shard; ++number) {
    const Shard& shard = plan.shards[static_cast<std::size_t>(number)];
    for (std::size_t row = 0; row < shard.row_word.size(); ++row) {
      EXPECT_EQ(word_of_row.at(shard.first_row + static_cast<int>(row)), shard.row_word[row]);
      EXPECT_EQ(plan.words[static_cast<std::size_t>(base + shard.row_word[row])], shard.row_id[row]);
    }
  }
}

// Catches: a row that belongs to no word, or to two; a review that is walked twice; a word that two groups
// take for new.
TEST(BatchPlan, CutsABatchIntoGroupsThatHoldAllOfIt) {
  ModelSpec spec = tiny_rnn();
  spec.layers[0].input_dropout = 0.5;
  const SampleBatch batch = sample_batch(19, 23, kVocabulary, 3, PaddingSide::kFront);
  for (const bool draws : {false, true}) {
    const BatchPlan plan = plan_of(spec, batch, 3, draws, 2);
    EXPECT_EQ(plan.own_words, draws);
    EXPECT_EQ(plan.groups.size(), 4U);
    EXPECT_EQ(plan.shards.size(), 12U);
    std::multiset<int> reviews;
    int rows = 0, words = 0;
    for (const Group& group : plan.groups) {
      expect_all_rows(plan, group);
      EXPECT_EQ(group.first_word, words);
      words = group.end_word;
      rows += group.rows;
      EXPECT_LE(group.rows, plan.group_rows);
      for (int shard = group.first_shard; shard < group.end_shard; ++shard) {
        for (const int review : plan.shards[static_cast<std::size_t>(shard)].review) {
          if (review >= 0) reviews.insert(review);
        }
      }
    }
    EXPECT_EQ(rows, plan.rows);
    EXPECT_EQ(words, static_cast<int>(plan.words.size()));
    EXPECT_EQ(reviews.size(), 19U);
    EXPECT_EQ(std::set<int>(reviews.begin(), reviews.end()).size(), 19U);
  }
}

TEST(BatchPlan, ListsNoRowsWhereNothingGoesBack) {
  Planner planner(tiny_rnn(), kVocabulary);
  const SampleBatch batch = sample_batch(19, 23, kVocabulary, 3, PaddingSide::kFront);
  EXPECT_THAT(planner.plan(batch.view(), false, {3, 2}, Purpose::kPredict).groups.front().words,
              testing::IsEmpty());
  EXPECT_FALSE(planner.plan(batch.view(), false, {3, 2}).groups.front().words.empty());
}

}  // namespace
}  // namespace rnnbench::fused
