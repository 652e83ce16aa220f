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

TEST(JobIn, IsTheLastLineThatIsOne) {
  EXPECT_EQ(job_in("123\n"), "123");
  EXPECT_EQ(job_in("Welcome to the cluster, 2 news\n42 is no job\n123;east\n"), "123;east");
  EXPECT_FALSE(job_in(""));
  EXPECT_FALSE(job_in("Submitted batch job 123\n"));
  EXPECT_EQ(job_in("1006632960;west\n"), "1006632960;west") << "of a federation";
  EXPECT_FALSE(job_in("-5\n;east\n99999999999\n"));
}

using Phase = TaskState::Phase;

auto is(Phase phase, const std::string& reason = "") {
  return testing::AllOf(testing::Field(&TaskState::phase, phase), testing::Field(&TaskState::reason, reason));
}

TEST(ParseSqueue, KnowsWhereTasksStand) {
  EXPECT_THAT(
      parse_squeue("3 RUNNING None\n1 PENDING Resources\n12 COMPLETING\n4 NODE_FAIL\n5 PREEMPTED "
                   "x\n6 SOMETHING_NEW\n7 COMPLETED None\n8 TIMEOUT\n9 FAILED\n"),
      ElementsAre(Pair(1, is(Phase::kWaiting)), Pair(3, is(Phase::kRunning)), Pair(4, is(Phase::kWaiting)),
                  Pair(5, is(Phase::kWaiting, "x")), Pair(6, is(Phase::kWaiting)), Pair(7, is(Phase::kOver)),
                  Pair(8, is(Phase::kOver)), Pair(9, is(Phase::kOver)), Pair(12, is(Phase::kRunning))));
}

TEST(ParseSqueue, SaysWhyTasksWaitWhereItIsNotTheirTurn) {
  EXPECT_THAT(parse_squeue("1 PENDING JobArrayTaskLimit\n2 PENDING JobHeldUser\n3 PENDING Priority\n"),
              ElementsAre(Pair(1, is(Phase::kWaiting)), Pair(2, is(Phase::kWaiting, "JobHeldUser")),
                          Pair(3, is(Phase::kWaiting))));
}

TEST(ParseSqueue, KnowsTasksThatWereCancelled) {
  EXPECT_THAT(parse_squeue("2 CANCELLED None\n"), ElementsAre(Pair(2, is(Phase::kCancelled))));
  EXPECT_THAT(parse_squeue("N/A CANCELLED Resources\n1 RUNNING None\n"),
              ElementsAre(Pair(kOtherTasks, is(Phase::kCancelled)), Pair(1, is(Phase::kRunning))))
      << "those that hadn't begun, as one";
}

TEST(ParseSqueue, LeavesOutWhatIsNoTask) {
  EXPECT_TRUE(parse_squeue("CLUSTER: east\n1\nN/A RUNNING\n"
                           "99999999999 RUNNING\n-1 RUNNING\nslurm_load_jobs error\n")
                  .empty());
  EXPECT_TRUE(parse_squeue("").empty());
}

}  // namespace
}  // namespace rnnbench
