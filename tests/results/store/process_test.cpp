#include "results/store/process.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rnnbench {
namespace {

TEST(Process, ThisOneRuns) {
  EXPECT_TRUE(is_running(this_process()));
  EXPECT_EQ(this_process().process, getpid());
  EXPECT_GT(this_process().start, 0);
  EXPECT_FALSE(this_process().host.empty());
}

TEST(Process, AnotherStartTimeIsAnotherProcess) {
  ProcessIdentity reused = this_process();
  --reused.start;
  EXPECT_FALSE(is_running(reused));
}

TEST(Process, NumbersThatNobodyHasDoNotRun) { EXPECT_FALSE(is_running({"", 0x7FFFFFFF, 1})); }

TEST(Process, NamesWithSpacesAndParenthesesAreRead) {
  char old_name[16] = {};
  prctl(PR_GET_NAME, old_name);
  const std::int64_t start = this_process().start;
  prctl(PR_SET_NAME, "a) R 1 (b c");
  EXPECT_EQ(this_process().start, start);
  prctl(PR_SET_NAME, old_name);
}

// The child's own identity is taken while it lives and asked for when it waits to be reaped.
TEST(Process, AZombieDoesNotRun) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::int64_t start = this_process().start;
    _exit(write(pipe_ends[1], &start, sizeof start) == sizeof start ? 0 : 1);
  }
  ProcessIdentity zombie{"", child, 0};
  ASSERT_EQ(read(pipe_ends[0], &zombie.start, sizeof zombie.start), ssize_t{sizeof zombie.start});
  siginfo_t info;
  waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
  EXPECT_FALSE(is_running(zombie));
  waitpid(child, nullptr, 0);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

}  // namespace
}  // namespace rnnbench
