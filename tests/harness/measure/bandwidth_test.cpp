#include "harness/measure/bandwidth.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(Walk, GoesThroughLargeSetsPartByPart) {
  Walk walk(1000, 300);
  EXPECT_EQ(walk.length(), 300U);
  EXPECT_EQ(walk.passes(), 1);
  for (const std::size_t at : {0U, 300U, 600U, 0U, 300U}) EXPECT_EQ(walk.next(), at);
}

TEST(Walk, GoesThroughSmallSetsSomeTimes) {
  Walk walk(64, 300);
  EXPECT_EQ(walk.length(), 64U);
  EXPECT_EQ(walk.passes(), 5);
  EXPECT_EQ(walk.next(), 0U);
  EXPECT_EQ(walk.next(), 0U);
}

TEST(Bandwidth, OfEachThreadsOwnSet) {
  for (const int threads : {1, 2}) {
    const Bandwidth found = measure_bandwidth({"L2", threads, 500'000}, 0.01);
    EXPECT_EQ(found.set.level, "L2");
    EXPECT_EQ(found.set.threads, threads);
    EXPECT_LE(found.set.bytes, 500'000U);
    EXPECT_GT(found.set.bytes, 490'000U);
    EXPECT_GT(found.triad_bytes_per_second, 1e6);
    EXPECT_GT(found.read_bytes_per_second, 1e6);
  }
}

TEST(Bandwidth, TheBestOfTwoIsTheLargerOfEach) {
  const WorkingSet set{"L1", 1, 192};
  const Bandwidth best = best_of({set, 10, 40, 512, 512}, {set, 20, 30, 128, 256});
  EXPECT_EQ(best.set.bytes, 192U);
  EXPECT_EQ(best.triad_bytes_per_second, 20);
  EXPECT_EQ(best.triad_bits, 128);
  EXPECT_EQ(best.read_bytes_per_second, 40);
  EXPECT_EQ(best.read_bits, 512);
}

TEST(Bandwidth, ASetIsAtLeastAStepOfTheKernels) {
  EXPECT_EQ(measure_bandwidth({"L1", 1, 1}, 0.002).set.bytes, 3U * 64 * sizeof(double));
}

}  // namespace
}  // namespace rnnbench
