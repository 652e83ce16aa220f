#include "harness/executor/slurm_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "harness/core/files.hpp"
#include "harness/core/program_output.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(SlurmScript, AsksForWhatIsGivenAndNoMore) {
  SlurmSettings settings;
  settings.partition = "long";
  settings.memory = "4G";
  settings.gpus = "a100:1";
  settings.sbatch = {"--comment=it's \"a\" test", "--exclusive"};
  EXPECT_THAT(
      slurm_script({"quick", "/shared/a b", "/home", {"/bin/rnnbench", "run"}, {{"A", "b c"}}, 7}, settings),
      AllOf(testing::StartsWith("#!/bin/bash\n#SBATCH --job-name=rnnbench-quick\n"),
            HasSubstr("#SBATCH --partition=long\n"), HasSubstr("#SBATCH --mem=4G\n"),
            HasSubstr("#SBATCH --gpus-per-task=a100:1\n"), HasSubstr("#SBATCH --exclusive\n"),
            HasSubstr("#SBATCH --comment=\"it's \\\"a\\\" test\"\n"),
            HasSubstr("#SBATCH --output=\"/shared/a b/logs/%a.txt\"\n"), HasSubstr("#SBATCH --chdir=/home\n"),
            HasSubstr("\nexport A='b c'\n"), HasSubstr("shard='/shared/a b'/shards/$task\n"),
            Not(HasSubstr("--time")), Not(HasSubstr("--account"))));
}

/// The script with a program in the place of rnnbench, called as Slurm calls a task. Asked for its progress
/// the program says what is in the file `progress`.
class TaskScript : public testing::Test {
 protected:
  TaskScript() {
    for (const char* name : {"shards", "merged", "ends", "logs"}) make_folder(folder_.path() / name);
    write_program("scontrol", "echo \"$@\" > requeued");
  }

  void write_program(const std::string& name, const std::string& body) {
    folder_.write(name, "#!/bin/sh\n" + body + "\n");
    std::filesystem::permissions(folder_.path() / name, std::filesystem::perms::owner_all);
  }

  ProgramOutput run(const std::string& body) {
    write_program("program", "if [ \"$1\" = query ]; then cat progress; exit; fi\n" + body);
    SlurmTask task{"quick", folder_.path(), folder_.path(), {folder_.path() / "program"}, {}, 5};
    folder_.write("task.sh", slurm_script(task, {}));
    return output_of({"env", "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_JOB_ID=9",
                      "PATH=" + folder_.path().string() + ":" + std::getenv("PATH"), "bash",
                      folder_.path() / "task.sh"});
  }
  bool has(const char* path) const { return exists(folder_.path() / path); }

  TemporaryFolder folder_;
};

TEST_F(TaskScript, MakesAShardWholeWhenItsRunsAreOver) {
  EXPECT_EQ(run("echo \"$@\" > shards/2.part/said; exit 1").end.exit_code, 1) << "some may have failed";
  EXPECT_EQ(read_file(folder_.path() / "shards" / "2" / "said"),
            "--shard 2/5 --db " + (folder_.path() / "shards/2.part/results.db").string() + "\n");
  EXPECT_FALSE(has("shards/2.part"));
  EXPECT_EQ(read_file(folder_.path() / "ends" / "2"), "1\n");
}

TEST_F(TaskScript, LeavesAPartWhereItWasInterrupted) {
  EXPECT_EQ(run("exit 130").end.exit_code, 130);
  EXPECT_TRUE(has("shards/2.part"));
  EXPECT_FALSE(has("shards/2"));
  EXPECT_FALSE(has("ends/2")) << "Slurm queues it again";
}

TEST_F(TaskScript, SaysHowItEndedElse) {
  EXPECT_EQ(run("exit 2").end.exit_code, 2);
  EXPECT_EQ(read_file(folder_.path() / "ends" / "2"), "2\n");
  EXPECT_EQ(run("exit 130").end.exit_code, 130);
  EXPECT_FALSE(has("ends/2")) << "that was the end before";
}

constexpr const char* kTimeIsOver =
    "trap 'exit 130' TERM; kill -USR1 $PPID; for i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; done; exit 0";

TEST_F(TaskScript, QueuesItselfAgainWhereItsTimeIsOver) {
  folder_.write("progress", "3,0\n");
  EXPECT_EQ(run(std::string("echo 3,7 > progress; ") + kTimeIsOver).end.exit_code, 130);
  EXPECT_EQ(read_file(folder_.path() / "requeued"), "requeue 9_2\n");
  EXPECT_FALSE(has("ends/2"));
}

// Catches: a task whose runs are longer than its time queues itself again without end.
TEST_F(TaskScript, EndsWhereItGetsNowhereInItsTime) {
  for (const char* before : {"", "0,0\n", "3,4\n"}) {
    folder_.write("progress", before);
    const ProgramOutput output = run(kTimeIsOver);
    EXPECT_EQ(output.end.exit_code, 75);
    EXPECT_THAT(output.errors, HasSubstr("give [slurm] more time"));
    EXPECT_FALSE(has("requeued"));
    EXPECT_EQ(read_file(folder_.path() / "ends" / "2"), "75\n");
  }
}

// Catches: a task that Slurm ends while it is being queued again is taken for one that can't be.
TEST_F(TaskScript, IsQueuedAgainThoughThatEndsIt) {
  write_program("scontrol", "kill -TERM $PPID; kill -TERM $$");
  EXPECT_EQ(run(std::string("echo 1,0 > progress; ") + kTimeIsOver).end.exit_code, 130);
  EXPECT_FALSE(has("ends/2"));
}

TEST_F(TaskScript, SaysThatItsTimeIsOverWhereItCannotBeQueuedAgain) {
  write_program("scontrol", "exit 1");
  EXPECT_EQ(run(std::string("echo 1,0 > progress; ") + kTimeIsOver).end.exit_code, 130);
  EXPECT_FALSE(has("shards/2"));
  EXPECT_EQ(read_file(folder_.path() / "ends" / "2"), "130\n") << "who waits hands it over again";
}

TEST_F(TaskScript, DoesNothingTwice) {
  ASSERT_EQ(run("exit 0").end.exit_code, 0);
  EXPECT_EQ(run("exit 7").end.exit_code, 0);
  std::filesystem::rename(folder_.path() / "shards" / "2", folder_.path() / "merged" / "2");
  EXPECT_EQ(run("exit 7").end.exit_code, 0);
}

TEST_F(TaskScript, WaitsForAnotherAtItsShard) {
  const std::string other = "exec 9> " + (folder_.path() / "shards" / "2.lock").string() +
                            "; flock 9; sleep 0.5; mkdir " + (folder_.path() / "shards" / "2").string();
  ChildProcess at_work({"bash", "-c", other});
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(run("exit 7").end.exit_code, 0) << "the other one did it";
}

TEST_F(TaskScript, EndsItsRunsWhenTheNodeIsWanted) {
  const ProgramOutput output =
      run("trap 'echo ended > shards/2.part/said; exit 130' TERM; kill -TERM $PPID; for i in 1 2 3 4 5 6 7 8 "
          "9; do "
          "sleep 0.1; done; exit 0");
  EXPECT_EQ(output.end.exit_code, 130) << output.errors;
  EXPECT_TRUE(has("shards/2.part/said"));
}

}  // namespace
}  // namespace rnnbench
