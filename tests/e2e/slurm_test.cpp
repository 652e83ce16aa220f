// A real Slurm with two nodes on this machine. Catches: runs that are lost, done twice or differ from those
// done here, whatever is killed.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <sstream>
#include <thread>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"
#include "tests/support/comes_true.hpp"
#include "tests/support/slurm_cluster.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kMatrix = R"(schema = 1
name = "matrix"
question = "Is it the same elsewhere?"
seeds = "1..10"
[slurm]
chunk = 4
limit = 8
sbatch = ["--comment=a test"]
[data]
set = "toy"
recipe = "toy"
validation = 0.1
limit = { train = 300, test = 100 }
[axes]
engine = ["eigen", "fused"]
"recipe.length" = [8, 12]
[model]
embedding = { size = 8 }
layers = [{ cell = "lstm", units = 8, output_dropout = 0.2 }]
[training]
threads = 1
batch = 16
epochs = 2
)";

/// Four runs that take four naps each: on a program's clock, not the processor's.
constexpr const char* kSlow = R"(schema = 1
name = "slow"
question = "Does it go on?"
seeds = [1, 2, 3, 4]
engine = "command"
[command]
run = ["sh", "-c", "for e in 1 2 3 4; do sleep ${{RNNBENCH_NAP:-1}; echo \"{{\\\"metric\\\": \\\"loss\\\", \\\"epoch\\\": $e, \\\"value\\\": {seed}}\"; done"]
)";

class SlurmTest : public ProgramTest {
 protected:
  void SetUp() override {
    if (!cluster_.obstacle().empty()) GTEST_SKIP() << cluster_.obstacle();
    program_.environment["SLURM_CONF"] = cluster_.configuration().string();
    program_.environment["XDG_CONFIG_HOME"] = (program_.folder() / "config").string();
    program_.write("matrix.toml", kMatrix);
    program_.write("slow.toml", kSlow);
  }

  std::filesystem::path submission(const std::string& experiment) const {
    return program_.folder() / "output" / "results.slurm" / experiment / "1";
  }

  /// That a task of slow.toml on `node` has a run under way: Slurm calls it running before it began one.
  bool has_a_run_on(const std::string& node) const {
    std::istringstream tasks(cluster_.ask({"squeue", "-h", "-t", "R", "-w", node, "-o", "%K"}));
    for (std::string task; tasks >> task;) {
      const std::filesystem::path shard = submission("slow") / "shards" / (task + ".part") / "results.db";
      if (exists(shard) && first_cell(shard, "SELECT count(*) FROM runs WHERE status = 'running'") == "1")
        return true;
    }
    return false;
  }

  /// The end of what was started, whose tasks may be queued again meanwhile.
  ProgramResult wait_while_tasks_begin() {
    const auto is_over = [&] {
      cluster_.let_begin();
      return !program_.is_running();
    };
    EXPECT_TRUE(comes_true(120, is_over)) << cluster_.ask({"squeue", "-a"});
    if (program_.is_running()) program_.send(SIGKILL);
    return program_.wait();
  }

  static std::size_t entries(const std::filesystem::path& folder) {
    std::error_code none;
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder, none)) ++count;
    return count;
  }

  SlurmCluster cluster_{program_.folder() / "slurm"};
};

TEST_F(SlurmTest, GivesWhatThisMachineGivesThoughWhoWaitsIsKilled) {
  ASSERT_EQ(
      program_.run({"run", "matrix.toml", "--db", "here.db", "--no-report", "--workers", "2"}).exit_code, 0);
  program_.start({"run", "matrix.toml", "--on", "slurm"});
  ASSERT_TRUE(comes_true(60, [&] { return entries(submission("matrix") / "merged") > 0; }));
  program_.send(SIGKILL);
  program_.wait();
  const ProgramResult ran = program_.run({"run", "matrix.toml", "--on", "slurm"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("which was handed over before"));
  EXPECT_THAT(ran.out, HasSubstr(" 0 failed, 0 skipped"));
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "40") << "each once";
  EXPECT_EQ(results_in("output/results.db"), results_in("here.db"));
  EXPECT_EQ(entries(submission("matrix") / "damaged"), 0U);
  EXPECT_THAT(program_.run({"run", "matrix.toml", "--on", "slurm"}).out,
              HasSubstr("0 finished, 0 failed, 0 skipped, 40"));
}

TEST_F(SlurmTest, DoesAgainWhatAShardCutInHalfHeld) {
  program_.start({"run", "matrix.toml", "--on", "slurm"});
  ASSERT_TRUE(comes_true(60, [&] { return entries(submission("matrix") / "logs") > 0; }));
  program_.send(SIGKILL);
  program_.wait();
  const std::filesystem::path shard = submission("matrix") / "shards" / "3" / "results.db";
  ASSERT_TRUE(comes_true(60, [&] { return exists(shard) || exists(submission("matrix") / "merged" / "3"); }));
  ASSERT_TRUE(exists(shard)) << "merged before it could be cut";
  std::filesystem::resize_file(shard, std::filesystem::file_size(shard) / 2);
  const ProgramResult ran = program_.run({"run", "matrix.toml", "--on", "slurm", "--no-report"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("task 3: "), HasSubstr("it is put away and done again"),
                             HasSubstr("1 of 10 tasks ended without a result")));
  EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE status = 'finished'"), "40");
}

TEST_F(SlurmTest, GoesOnAfterANodeIsLost) {
  program_.start({"run", "slow.toml", "--on", "slurm", "--no-report"});
  ASSERT_TRUE(comes_true(60, [&] { return has_a_run_on("n2"); }));
  cluster_.lose("n2");
  cluster_.start("n2");
  const ProgramResult ran = wait_while_tasks_begin();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ask("SELECT count(DISTINCT seed) FROM runs WHERE status = 'finished'"), "4")
      << program_.run({"query", "SELECT seed, status, reason, started FROM runs"}).out;
  EXPECT_GE(ask("SELECT count(*) FROM runs WHERE status = 'interrupted'"), "1") << "it was at work";
}

TEST_F(SlurmTest, GoesOnWhereATasksTimeIsOver) {
  // Together they take most of the minute, and the notice comes some time in it.
  program_.environment["RNNBENCH_NAP"] = "3";
  program_.start({"run", "slow.toml", "--on", "slurm", "--no-report", "--set", "slurm.chunk=4", "--set",
                  "slurm.time=\"1\"", "--set", "slurm.notice=50"});
  const ProgramResult ran = wait_while_tasks_begin();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE status = 'finished'"), "4");
  EXPECT_GE(ask("SELECT count(*) FROM runs WHERE status = 'interrupted'"), "1") << "by the notice";
  EXPECT_EQ(entries(submission("slow") / "merged"), 1U);
}

TEST_F(SlurmTest, EndsATaskThatGetsNowhereInItsTime) {
  program_.environment["RNNBENCH_NAP"] = "20";
  program_.start({"run", "slow.toml", "--on", "slurm", "--no-report", "--seeds", "1", "--set",
                  "slurm.time=\"1\"", "--set", "slurm.notice=50"});
  const ProgramResult ran = wait_while_tasks_begin();
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("give [slurm] more time"), HasSubstr("left no result after 1 tr")));
}

// Held tasks, so that the file is another one when they begin.
TEST_F(SlurmTest, SaysThatAnExperimentWasChangedMeanwhile) {
  program_.start({"run", "matrix.toml", "--on", "slurm", "--set", "slurm.sbatch=[\"--hold\"]"});
  ASSERT_TRUE(comes_true(60, [&] { return exists(submission("matrix") / "submission.json"); }));
  ASSERT_TRUE(comes_true(60, [&] { return cluster_.ask({"squeue", "-h", "-r"}).size() > 100; }));
  std::this_thread::sleep_for(std::chrono::seconds(1));
  program_.send(SIGINT);
  EXPECT_THAT(program_.wait().err, HasSubstr("10 of its tasks wait: JobHeldUser"));
  std::string changed = kMatrix;
  changed.replace(changed.find("epochs = 2"), 10, "epochs = 1");
  program_.write("matrix.toml", changed);
  cluster_.ask({"scontrol", "release", "1"});
  const ProgramResult ran = program_.run({"run", "matrix.toml", "--on", "slurm", "--no-report"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, AllOf(HasSubstr("waiting for job 1"), HasSubstr("it was changed since")));
  EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE status = 'finished' AND epochs = 1"), "40");
}

TEST_F(SlurmTest, CallsProgramsFromWhereItIsCalled) {
  std::string relative = kSlow;
  relative.replace(relative.find("run = "), std::string::npos, "run = [\"sh\", \"train.sh\"]\n");
  program_.write("slow.toml", relative);
  program_.write("train.sh",
                 R"(test -n "$RNNBENCH_SEEN" && echo '{"metric": "loss", "epoch": 1, "value": 1}')");
  std::string second = relative;
  second.replace(second.find("\"slow\""), 6, "\"other\"");
  program_.write("other.toml", second);
  program_.environment["RNNBENCH_SEEN"] = "1";
  program_.environment["SBATCH_EXPORT"] = "NONE";
  const ProgramResult ran = program_.run({"run", "slow.toml", "other.toml", "--on", "slurm", "--no-report"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, testing::ContainsRegex("job 1: 4 tasks\n.*job 2: 4 tasks\n"))
      << "both before either is over";
}

TEST_F(SlurmTest, LeavesWhatSomebodyCancels) {
  program_.start({"run", "slow.toml", "--on", "slurm", "--no-report"});
  ASSERT_TRUE(comes_true(60, [&] {
    return cluster_.ask({"squeue", "-h", "-t", "R", "-o", "%A"}).size() > 1;
  }));
  Program second(program_.folder() / "second");
  second.environment["SLURM_CONF"] = cluster_.configuration().string();
  const ProgramResult refused =
      second.run({"run", program_.folder() / "slow.toml", "--on", "slurm", "--db", database()});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, HasSubstr("another rnnbench hands over and waits for slow"));
  cluster_.ask({"scancel", "--user=root"});
  const ProgramResult ran = program_.wait();
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("were cancelled"));
  EXPECT_EQ(program_.run({"run", "slow.toml", "--on", "slurm", "--no-report"}).exit_code, 0)
      << "it begins again";
  EXPECT_EQ(ask("SELECT count(DISTINCT seed) FROM runs WHERE status = 'finished'"), "4");
}

// Catches: what became of a later matrix is looked up when Slurm has forgotten it.
TEST_F(SlurmTest, SeesThatALaterMatrixIsCancelledWhileAnEarlierIsAtWork) {
  program_.environment["RNNBENCH_NAP"] = "30";
  std::string later = kSlow;
  program_.write("later.toml", later.replace(later.find("\"slow\""), 6, "\"later\""));
  program_.start({"run", "slow.toml", "later.toml", "--on", "slurm", "--no-report"});
  ASSERT_TRUE(comes_true(60, [&] {
    return cluster_.ask({"squeue", "-h", "-t", "R", "-o", "%j"}).find("slow") != std::string::npos &&
           cluster_.ask({"squeue", "-h", "-t", "PD", "-o", "%j"}).find("later") != std::string::npos;
  })) << "the earlier takes all processors";
  cluster_.ask({"scancel", "--user=root", "--state=PENDING"});
  EXPECT_TRUE(comes_true(60, [&] {
    return read_file(submission("later") / "submission.json").find("\"over\": true") != std::string::npos;
  }));
  EXPECT_TRUE(program_.is_running()) << "for the earlier";
  cluster_.ask({"scancel", "--user=root"});
  const ProgramResult ran = program_.wait();
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err,
              AllOf(HasSubstr("tasks of job 1 were cancelled"), HasSubstr("tasks of job 2 were cancelled")));
}

TEST_F(SlurmTest, SaysWhatSlurmRefuses) {
  const ProgramResult refused =
      program_.run({"run", "matrix.toml", "--on", "slurm", "--set", "slurm.partition=\"none\""});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("sbatch: "), HasSubstr("invalid partition")));
  EXPECT_EQ(program_.run({"run", "matrix.toml", "--on", "slurm", "--seeds", "1", "--no-report"}).exit_code, 0)
      << "nothing of it stands in the way";
}

using SlurmOptions = ProgramTest;

TEST_F(SlurmOptions, NeedASlurm) {
  program_.write("matrix.toml", kMatrix);
  program_.environment["PATH"] = program_.folder().string();
  const ProgramResult refused = program_.run({"run", "matrix.toml", "--on", "slurm"});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, HasSubstr("there is no Slurm here: sbatch can't be run"));
}

TEST_F(SlurmOptions, AreShownByPlan) {
  program_.write("matrix.toml", kMatrix);
  program_.environment["XDG_CONFIG_HOME"] = (program_.folder() / "config").string();
  program_.write("config/rnnbench/slurm.toml", "partition = \"long\"\naccount = \"nets\"\nchunk = 1\n");
  const ProgramResult planned = program_.run({"plan", "matrix.toml", "--on", "slurm"});
  EXPECT_EQ(planned.exit_code, 0) << planned.err;
  EXPECT_THAT(planned.out,
              AllOf(testing::StartsWith("#!/bin/bash\n"), HasSubstr("#SBATCH --partition=long\n"),
                    HasSubstr("#SBATCH --account=nets\n"), HasSubstr("#SBATCH --comment=\"a test\"\n"),
                    HasSubstr("# matrix: 40 runs; sbatch --array=1-10%8 task.sh")));
  for (const auto& [setting, message] : {std::pair("slurm.chunk=0", "slurm.chunk"),
                                         {"slurm.partitions=1", "slurm.partitions"},
                                         {"slurm.time=\"1\"", "it never gets anywhere"},
                                         {"slurm.sbatch=\"qos\"", "expected a list of options of sbatch"}}) {
    const ProgramResult refused = program_.run({"plan", "matrix.toml", "--on", "slurm", "--set", setting});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr(message));
  }
}

TEST_F(SlurmOptions, OfRunsHereAreRefused) {
  program_.write("matrix.toml", kMatrix);
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--for", "1h"}, {"--rerun"}, {"--shard", "1/2"}}) {
    std::vector<std::string> command = {"run", "matrix.toml", "--on", "slurm"};
    command.insert(command.end(), options.begin(), options.end());
    const ProgramResult refused = program_.run(command);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("--on slurm: " + options.front() + " is for runs on this machine"));
  }
}

}  // namespace
}  // namespace rnnbench
