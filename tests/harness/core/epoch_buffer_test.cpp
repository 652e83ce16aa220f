#include "harness/core/epoch_buffer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

TEST(EpochBuffer, AnEpochIsCompleteOnceALaterOneBegins) {
  EpochBuffer buffer;
  EXPECT_EQ(buffer.epoch(), 1);
  buffer.add(MetricRecord{"loss", "train", 2, 0.5, "nats"});
  buffer.add(TimingRecord{"step", "host", 2, false, {7}});
  EXPECT_TRUE(buffer.completed().empty());
  buffer.add(TimingRecord{"step", "host", 5, false, {9}});
  const std::vector<EpochRecord> done = buffer.completed();
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0].epoch, 2);
  EXPECT_EQ(done[0].metrics.at(0).value, 0.5);
  EXPECT_EQ(done[0].timings.at(0).samples_ns, (std::vector<std::int64_t>{7}));
  EXPECT_TRUE(buffer.completed().empty());
  EXPECT_EQ(buffer.epoch(), 5);
  EXPECT_EQ(buffer.last()->epoch, 5);
  EXPECT_FALSE(buffer.last());
}

TEST(EpochBuffer, TheLaterOfTwoEqualFiguresCounts) {
  EpochBuffer buffer;
  buffer.add(MetricRecord{"loss", "train", 1, 1, ""});
  buffer.add(MetricRecord{"loss", "test", 1, 2, ""});
  buffer.add(MetricRecord{"loss", "train", 1, 3, ""});
  buffer.add(TimingRecord{"step", "host", 1, false, {1}});
  buffer.add(TimingRecord{"step", "host", 1, true, {2}});
  buffer.add(TimingRecord{"step", "device", 1, false, {3}});
  buffer.add(TimingRecord{"step", "host", 1, false, {4}});
  const auto epoch = buffer.last();
  ASSERT_EQ(epoch->metrics.size(), 2U);
  EXPECT_EQ(epoch->metrics[0].value, 3);
  ASSERT_EQ(epoch->timings.size(), 3U);
  EXPECT_EQ(epoch->timings[0].samples_ns, (std::vector<std::int64_t>{4}));
}

TEST(EpochBuffer, EpochsNeverGoBack) {
  EpochBuffer buffer;
  buffer.add(MetricRecord{"loss", "train", 3, 1, ""});
  EXPECT_THROW(buffer.add(MetricRecord{"loss", "train", 2, 1, ""}), EngineError);
  EXPECT_THROW(buffer.add(TimingRecord{"step", "host", 1, false, {1}}), EngineError);
}

}  // namespace
}  // namespace rnnbench
