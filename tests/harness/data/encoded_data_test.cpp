#include "harness/data/encoded_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace rnnbench {
namespace {

using testing::ElementsAre;

class EncodedRows : public testing::Test {
 protected:
  EncodedRows() {
    data.time = 2;
    data.padding_id = 7;
    data.padded_at_front = true;
    data.train.ids = ids;
    data.train.lengths = lengths;
    data.train.labels = labels;
  }

  std::vector<std::int32_t> ids = {1, 2, 3, 4, 5, 6};
  std::vector<std::int32_t> lengths = {2, 1, 0};
  std::vector<std::uint8_t> labels = {0, 1, 1};
  EncodedData data;
};

TEST_F(EncodedRows, AreViewedInPlace) {
  const Batch batch = data.rows(data.train, 1, 2);
  EXPECT_THAT(batch.ids, ElementsAre(3, 4, 5, 6));
  EXPECT_EQ(batch.ids.data(), ids.data() + 2);
  EXPECT_THAT(batch.lengths, ElementsAre(1, 0));
  EXPECT_THAT(batch.labels, ElementsAre(1, 1));
  EXPECT_EQ(batch.reviews, 2);
  EXPECT_EQ(batch.time, 2);
  EXPECT_EQ(batch.padding_id, 7);
  EXPECT_TRUE(batch.padded_at_front);
}

TEST_F(EncodedRows, AreGatheredInAnyOrder) {
  BatchBuffer buffer;
  const Batch batch = buffer.gather(data, data.train, std::vector<std::uint32_t>{2, 0});
  EXPECT_THAT(batch.ids, ElementsAre(5, 6, 1, 2));
  EXPECT_THAT(batch.lengths, ElementsAre(0, 2));
  EXPECT_THAT(batch.labels, ElementsAre(1, 0));
  EXPECT_EQ(batch.reviews, 2);
  EXPECT_EQ(batch.padding_id, 7);
  EXPECT_TRUE(batch.padded_at_front);
  EXPECT_THAT(buffer.gather(data, data.train, std::vector<std::uint32_t>{1}).ids, ElementsAre(3, 4));
}

TEST(EpochOrder, IsAPermutationBySeedAndEpoch) {
  const std::vector<std::uint32_t> order = epoch_order(1000, 5, 1);
  EXPECT_EQ(order, epoch_order(1000, 5, 1));
  EXPECT_NE(order, epoch_order(1000, 5, 2));
  EXPECT_NE(order, epoch_order(1000, 6, 1));
  std::vector<std::uint32_t> sorted = order;
  std::ranges::sort(sorted);
  std::vector<std::uint32_t> expected(1000);
  std::iota(expected.begin(), expected.end(), 0U);
  EXPECT_NE(order, expected);
  EXPECT_EQ(sorted, expected);
  EXPECT_TRUE(epoch_order(0, 1, 1).empty());
}

}  // namespace
}  // namespace rnnbench
