#include "harness/measure/stream_triad.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(StreamTriad, IsTheBestOfTenTrials) {
  const StreamTriad found = stream_triad(2, 80'001, 60);
  EXPECT_EQ(found.threads, 2);
  EXPECT_EQ(found.array_bytes, 80'000U);
  EXPECT_EQ(found.trials, 10);
  EXPECT_GT(found.bytes_per_second, 1e6);
}

TEST(StreamTriad, EndsWhenTimeIsOverButNotBeforeTheThirdTrial) {
  EXPECT_EQ(stream_triad(1, 80'000, 0).trials, 3);
}

TEST(StreamTriad, ArraysAreFourTimesTheCachesWhereThereIsRoom) {
  EXPECT_EQ(stream_array_bytes(1 << 20, 1e12, std::size_t{1} << 40), 4U << 20);
  EXPECT_EQ(stream_array_bytes(1 << 20, 12e6, std::size_t{1} << 40), 1'000'000U) << "a twelfth of memory";
  EXPECT_EQ(stream_array_bytes(1 << 20, 1e12, 100'000), 99'968U) << "at most this, in lines of the cache";
}

}  // namespace
}  // namespace rnnbench
