#include "harness/model/batch_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "harness/core/error.hpp"
#include "tests/support/sample_batches.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

constexpr int kVocabulary = 11;

/// What is said of a batch of 4 reviews and 5 steps after `change`.
std::string refusal(const std::function<void(SampleBatch&)>& change) {
  SampleBatch batch = sample_batch(4, 5, kVocabulary, 1);
  change(batch);
  return message_of<EngineError>([&] { check_batch(batch.view(), kVocabulary, "some"); });
}

TEST(BatchCheck, TakesASoundBatchWithAnEmptyReview) {
  EXPECT_EQ(refusal([](SampleBatch& batch) { batch.lengths[1] = 0; }), "nothing was thrown");
}

TEST(BatchCheck, NamesTheEngineAndTheValueOutsideItsRange) {
  EXPECT_EQ(refusal([](SampleBatch& batch) { batch.ids[3] = kVocabulary; }),
            "some engine: id 11 in a batch is outside [0, 10]");
  EXPECT_THAT(refusal([](SampleBatch& batch) { batch.ids[3] = -1; }), HasSubstr("id -1"));
  EXPECT_THAT(refusal([](SampleBatch& batch) { batch.lengths[2] = 6; }), HasSubstr("length 6"));
  EXPECT_THAT(refusal([](SampleBatch& batch) { batch.labels[2] = 2; }), HasSubstr("label 2"));
}

TEST(BatchCheck, CountsItsSpans) {
  EXPECT_THAT(refusal([](SampleBatch& batch) { batch.ids.pop_back(); }), HasSubstr("19 ids, expected 20"));
  EXPECT_THAT(refusal([](SampleBatch& batch) { batch.lengths.pop_back(); }), HasSubstr("3 lengths"));
  EXPECT_THAT(refusal([](SampleBatch& batch) { batch = {}; }), HasSubstr("0 reviews"));
}

}  // namespace
}  // namespace rnnbench
