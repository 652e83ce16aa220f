#include "harness/executor/slurm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(ArrayText, JoinsNeighbours) {
  EXPECT_EQ(array_text({1}), "1");
  EXPECT_EQ(array_text({1, 2, 3, 7, 9, 10}), "1-3,7,9-10");
  EXPECT_EQ(array_text({2, 4, 6}), "2,4,6");
}

TEST(ParseSqueue, KnowsTasksThatAreNotOver) {
  EXPECT_THAT(parse_squeue("3 RUNNING\n1 PENDING\n12 COMPLETING\n4 NODE_FAIL\n"),
              ElementsAre(Pair(1, TaskState::kWaiting), Pair(3, TaskState::kRunning),
                          Pair(4, TaskState::kWaiting), Pair(12, TaskState::kRunning)));
}

TEST(ParseSqueue, KnowsTasksThatWereCancelled) {
  EXPECT_THAT(parse_squeue("2 CANCELLED\n"), ElementsAre(Pair(2, TaskState::kCancelled)));
}

TEST(ParseSqueue, LeavesOutWhatIsOverOrNoTask) {
  EXPECT_TRUE(parse_squeue("1 COMPLETED\n2 TIMEOUT\n4 FAILED\nN/A RUNNING\n99999999999 RUNNING\n"
                           "-1 RUNNING\nslurm_load_jobs error\n")
                  .empty());
  EXPECT_TRUE(parse_squeue("").empty());
}

}  // namespace
}  // namespace rnnbench
