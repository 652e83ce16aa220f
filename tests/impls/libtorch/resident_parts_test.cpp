#include "impls/libtorch/resident_parts.hpp"

#include <ATen/ops/equal.h>
#include <gtest/gtest.h>

#include "tests/support/sample_batches.hpp"

namespace rnnbench {
namespace {

/// Data whose parts are the rows of sample batches; the host plays the device.
struct SampleData {
  explicit SampleData(PaddingSide side)
      : train_rows(sample_batch(9, 5, 30, 1, side)), test_rows(sample_batch(4, 5, 30, 2, side)) {
    data.time = 5;
    data.vocabulary = 30;
    data.padded_at_front = side == PaddingSide::kFront;
    data.train = {train_rows.ids, train_rows.lengths, train_rows.labels, "train"};
    data.test = {test_rows.ids, test_rows.lengths, test_rows.labels, "test"};
  }

  SampleBatch train_rows, test_rows;
  EncodedData data;
};

void expect_same(const DeviceBatch& actual, const DeviceBatch& expected) {
  EXPECT_TRUE(at::equal(actual.ids, expected.ids));
  EXPECT_TRUE(actual.ids.is_contiguous()) << "not time-major in memory";
  EXPECT_TRUE(at::equal(actual.last, expected.last));
  EXPECT_TRUE(at::equal(actual.labels, expected.labels));
  EXPECT_EQ(actual.ids.scalar_type(), expected.ids.scalar_type());
  EXPECT_EQ(actual.labels.scalar_type(), expected.labels.scalar_type());
  EXPECT_EQ(actual.padding_id, expected.padding_id);
}

class ResidentPartsOf : public testing::TestWithParam<PaddingSide> {};

TEST_P(ResidentPartsOf, GatherTheSameRowsAsACopyOfTheBatch) {
  const SampleData sample(GetParam());
  ResidentParts resident(at::kCPU);
  BatchBuffer buffer;
  for (const std::vector<std::uint32_t>& rows : {std::vector<std::uint32_t>{7, 0, 3}, {8}, {1, 1, 2, 6}}) {
    const Batch batch = buffer.gather(sample.data, sample.data.train, rows);
    expect_same(resident.batch(batch), to_device(batch, at::kCPU));
  }
}

TEST_P(ResidentPartsOf, TakeRowsInTheirOrder) {
  const SampleData sample(GetParam());
  ResidentParts resident(at::kCPU);
  for (std::size_t first = 0; first < 3; ++first) {
    const Batch batch = sample.data.rows(sample.data.test, first, 2);
    expect_same(resident.batch(batch), to_device(batch, at::kCPU));
  }
}

INSTANTIATE_TEST_SUITE_P(BothSides, ResidentPartsOf, testing::Values(PaddingSide::kFront, PaddingSide::kEnd),
                         [](const auto& side) {
                           return side.param == PaddingSide::kFront ? "PaddedAtTheFront" : "PaddedAtTheEnd";
                         });

TEST(ResidentParts, CopyEachPartOnce) {
  const SampleData sample(PaddingSide::kEnd);
  const EncodedData copy = sample.data;  // shares the memory, as a run's data does
  ResidentParts resident(at::kCPU);
  resident.batch(sample.data.rows(sample.data.train, 0, 2));
  resident.batch(copy.rows(copy.train, 4, 2));
  EXPECT_EQ(resident.parts(), 1U);
  resident.batch(copy.rows(copy.test, 0, 1));
  EXPECT_EQ(resident.parts(), 2U);
}

}  // namespace
}  // namespace rnnbench
