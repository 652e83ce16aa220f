#include "harness/runner/checkpoint_pace.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace rnnbench {
namespace {

TEST(CheckpointPace, LeavesShortRunsAlone) {
  CheckpointPace pace(1);
  EXPECT_FALSE(pace.is_due(0.5));
  EXPECT_TRUE(pace.is_due(1));
  pace.wrote(1.01, 0.01);
  EXPECT_FALSE(pace.is_due(1.5));
  EXPECT_TRUE(pace.is_due(2.1));
}

TEST(CheckpointPace, TakesATwentiethOfTheTimeAtMost) {
  CheckpointPace pace(1);
  pace.wrote(3, 2);
  EXPECT_FALSE(pace.is_due(42));
  EXPECT_TRUE(pace.is_due(43));
}

TEST(CheckpointPace, ZeroIsAfterEachEpochAndInfinityNever) {
  CheckpointPace always(0);
  EXPECT_TRUE(always.is_due(0));
  always.wrote(5, 5);
  EXPECT_TRUE(always.is_due(5));
  EXPECT_FALSE(CheckpointPace(std::numeric_limits<double>::infinity()).is_due(1e9));
}

}  // namespace
}  // namespace rnnbench
