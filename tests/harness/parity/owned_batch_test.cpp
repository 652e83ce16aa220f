// Catches: words cut off at the padded side, a row of the embedding taken for another word, ids beyond the
// vocabulary.
#include "harness/parity/owned_batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

using testing::ElementsAre;

/// Two reviews of four steps, padded at the front: [0, 0, 9, 3] and [12, 3, 9, 20].
OwnedBatch front_padded() {
  OwnedBatch batch;
  batch.ids = {0, 0, 9, 3, 12, 3, 9, 20};
  batch.lengths = {2, 4};
  batch.labels = {1, 0};
  batch.time = 4;
  batch.padded_at_front = true;
  return batch;
}

TEST(OwnedBatch, IsShortenedWhereThePaddingStands) {
  const OwnedBatch front = shortened(front_padded(), 3);
  EXPECT_THAT(front.ids, ElementsAre(0, 9, 3, 3, 9, 20));
  EXPECT_THAT(front.lengths, ElementsAre(2, 3));
  OwnedBatch end = front_padded();
  end.padded_at_front = false;
  EXPECT_THAT(shortened(end, 1).ids, ElementsAre(0, 12));
}

TEST(OwnedBatch, FirstReviewsKeepsTheirRows) {
  const OwnedBatch one = first_reviews(front_padded(), 1);
  EXPECT_THAT(one.ids, ElementsAre(0, 0, 9, 3));
  EXPECT_THAT(one.labels, ElementsAre(1));
  EXPECT_EQ(one.view().reviews, 1);
}

TEST(SmallVocabulary, KeepsTheRowOfEachWord) {
  const SmallVocabulary small = small_vocabulary(front_padded(), 30);
  EXPECT_THAT(small.kept, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20));
  EXPECT_THAT(small.batch.ids, ElementsAre(0, 0, 8, 3, 9, 3, 8, 10));
  Tensor embedding{{30, 2}, {}};
  for (int row = 0; row < 30; ++row) {
    embedding.values.push_back(row);
    embedding.values.push_back(-row);
  }
  const Parameters rows = small.rows_of({{"embedding.weight", embedding},
                                         {"optimizer.v/embedding.weight", embedding},
                                         {"head.bias", {{2}, {5, 6}}}});
  EXPECT_THAT(rows.at("embedding.weight").shape, ElementsAre(11, 2));
  EXPECT_EQ(rows.at("embedding.weight").values.back(), -20);
  EXPECT_EQ(rows.at("optimizer.v/embedding.weight").values[16], 9);
  EXPECT_THAT(rows.at("head.bias").values, ElementsAre(5, 6));
}

TEST(OddBatches, HoldOneWordAndNone) {
  const OwnedBatch rows = front_padded();
  EncodedData data;
  data.time = 4;
  data.padded_at_front = true;
  data.train = {rows.ids, rows.lengths, rows.labels, ""};
  for (const auto& [name, batch] : odd_batches(data, 2, /*order_seed=*/1)) {
    if (name == "one word") {
      EXPECT_THAT(batch.lengths, ElementsAre(1));
      EXPECT_THAT(batch.ids, ElementsAre(0, 0, 0, testing::Ne(0)));
    } else if (name == "all padding") {
      EXPECT_THAT(batch.ids, testing::Each(0));
      EXPECT_THAT(batch.lengths, testing::Each(0));
    } else if (name == "the longest reviews") {
      EXPECT_THAT(batch.lengths, ElementsAre(4, 2));
    }
  }
}

}  // namespace
}  // namespace rnnbench
