// Catches: parts of a matrix that don't add up to what one machine does.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <csignal>

#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"
#include "tests/support/comes_true.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class Shards : public ProgramTest {
 protected:
  std::filesystem::path config_ = program_.write("small.toml", small_experiment());
};

TEST_F(Shards, GiveTogetherWhatOneMachineGives) {
  ASSERT_EQ(program_.run({"run", config_, "--db", "whole.db"}).exit_code, 0);
  for (const char* part : {"1", "2", "3"}) {
    const std::string shard = std::string(part) + "/3";
    const ProgramResult planned = program_.run({"plan", config_, "--shard", shard, "--db", "new.db"});
    const std::string runs = *part == '1' ? "2" : "1";
    EXPECT_THAT(planned.out,
                HasSubstr("0 of " + runs + " runs are finished, " + runs + " to run, 0 skipped"));
    const ProgramResult ran =
        program_.run({"run", config_, "--shard", shard, "--db", fmt::format("shard{}.db", part)});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("small: " + runs + " finished"));
  }
  const ProgramResult merged =
      program_.run({"merge", "shard1.db", "shard2.db", "shard3.db", "shard1.db", "--db", "merged.db"});
  EXPECT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_EQ(results_in("merged.db"), results_in("whole.db"));
  EXPECT_THAT(program_.run({"run", config_, "--db", "merged.db"}).out,
              HasSubstr("0 finished, 0 failed, 0 skipped, 4 were done already"));
}

// Catches: a task of a cluster that is queued again on another machine begins its run anew.
TEST_F(Shards, GoOnAfterACheckpointOfAnotherMachine) {
  program_.environment["RNNBENCH_CHECKPOINT_SECONDS"] = "0";
  const std::vector<std::string> run = {
      "run", config_, "--shard", "1/4", "--db", "shard.db", "--set", "training.epochs=400", "--no-report"};
  program_.start(run);
  const std::filesystem::path shard = program_.folder() / "shard.db";
  ASSERT_TRUE(comes_true(60, [&] {
    return exists(shard) && first_cell(shard, "SELECT max(epoch) > 1 FROM checkpoints") == "1";
  }));
  program_.send(SIGKILL);
  program_.wait();
  ASSERT_EQ(first_cell(shard, "UPDATE runs SET host = 'n17' RETURNING status"), "running");
  std::vector<std::string> again = run;
  again.insert(again.end(), {"--sole-writer"});
  const ProgramResult ran = program_.run(again);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(first_cell(shard,
                       "SELECT group_concat(status) || count(resumes.run_id) FROM runs LEFT JOIN resumes ON "
                       "run_id = id"),
            "finished1");
}

TEST_F(Shards, AreRefusedWhereTheyAreNone) {
  const ProgramResult refused = program_.run({"run", config_, "--shard", "4/3"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--shard '4/3': expected the part and how many there are, e.g. 3/8"));
  EXPECT_FALSE(exists(database()));
}

}  // namespace
}  // namespace rnnbench
