#include <gmock/gmock.h>

#include <csignal>
#include <thread>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class Run : public ProgramTest {};

TEST_F(Run, RecordsPlotsAndReportsASmallMatrixAndRepeatsNothing) {
  const auto config = program_.write("small.toml", small_experiment());
  const ProgramResult first = program_.run({"run", config});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("4 finished, 0 failed, 0 skipped"));
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE status = 'finished' AND epochs = 3"), "4");
  EXPECT_EQ(ask("SELECT count(*) FROM metrics WHERE name = 'loss' AND split = 'validation'"), "12");
  EXPECT_EQ(ask("SELECT count(DISTINCT phase) FROM timings"), "8");
  EXPECT_EQ(ask("SELECT count(*) FROM timings WHERE phase = 'control' AND epoch = 1"), "4");
  EXPECT_THAT(read_file(program_.folder() / "output/results.report/small/report.md"),
              HasSubstr("a control, the same work each time, took "));
  EXPECT_EQ(ask("SELECT min(length(positive)) FROM predictions"), "800");
  EXPECT_TRUE(std::filesystem::exists(program_.folder() / "output/results.report/small/report.md"));
  EXPECT_TRUE(
      std::filesystem::exists(program_.folder() / "output/results.report/small/figures/learning-curves.png"));
  EXPECT_TRUE(
      std::filesystem::exists(program_.folder() / "output/results.report/small/figures/learning-curves.svg"));

  const ProgramResult second = program_.run({"run", config});
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_THAT(second.out, HasSubstr("0 finished, 0 failed, 0 skipped, 4 were done already"));
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "4");
}

TEST_F(Run, SameSeedGivesTheSameBitsAndAnotherSeedOthers) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config, "--set", "recipe.length=10"}).exit_code, 0);
  ASSERT_EQ(program_.run({"run", config, "--set", "recipe.length=10", "--rerun"}).exit_code, 0);
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "4");
  EXPECT_EQ(ask("SELECT count(DISTINCT hex(positive)) FROM predictions"), "2");
}

TEST_F(Run, TwoAtOnceShareTheWork) {
  const auto config = program_.write("small.toml", small_experiment());
  Program other(program_.folder() / "other");
  const std::vector<std::string> command = {"run", config, "--seeds", "1..6", "--db", database()};
  program_.start(command);
  other.start(command);
  EXPECT_EQ(program_.wait().exit_code, 0);
  EXPECT_EQ(other.wait().exit_code, 0);
  EXPECT_EQ(ask("SELECT count(*) || ' of ' || count(DISTINCT trial_id || ' ' || seed) FROM runs"),
            "12 of 12");
}

TEST_F(Run, AddsSeedsToWhatIsThere) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config, "--seeds", "1"}).exit_code, 0);
  EXPECT_THAT(program_.run({"run", config, "--seeds", "1..2"}).out,
              HasSubstr("2 finished, 0 failed, 0 skipped, 2 were"));
}

TEST_F(Run, RecordsWhatTheMachineCannotRunAsSkippedWithItsReason) {
  const auto config = program_.write("small.toml", small_experiment());
  const ProgramResult result = program_.run({"run", config, "--set", "device=cuda"});
  EXPECT_EQ(result.exit_code, 1) << "nothing could be run";
  EXPECT_THAT(result.err, testing::AllOf(HasSubstr("small: 4 of 4 runs skipped: "), HasSubstr("eigen"),
                                         HasSubstr("small: nothing could be run\n")));
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE status = 'skipped' AND reason LIKE '%eigen%'"), "4");
  program_.run({"run", config, "--set", "device=cuda"});
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "4") << "the same skips were recorded twice";
}

TEST_F(Run, SkipsWhatExceedsTheMemoryBeforeItRuns) {
  const auto config = program_.write("small.toml", small_experiment());
  const std::vector<std::string> too_much = {"--set", "model.layers.0.units=65536",
                                             "--set", "data.limit.train=0",
                                             "--set", "training.batch=1000000"};
  std::vector<std::string> plan = {"plan", config};
  plan.insert(plan.end(), too_much.begin(), too_much.end());
  EXPECT_THAT(program_.run(plan).out, testing::ContainsRegex("needs about [0-9]+[.][0-9] GiB to train"));
  std::vector<std::string> run = {"run", config};
  run.insert(run.end(), too_much.begin(), too_much.end());
  EXPECT_THAT(program_.run(run).out, HasSubstr("0 finished, 0 failed, 4 skipped"));
  EXPECT_EQ(
      ask("SELECT count(*) FROM run_summary WHERE status = 'skipped' AND reason LIKE '%training.batch%'"),
      "4");
}

TEST_F(Run, ALossThatIsNotFiniteIsAFailedRunAndTheMatrixGoesOn) {
  const auto config = program_.write("small.toml", small_experiment());
  const ProgramResult result =
      program_.run({"run", config, "--set", "training.optimizer={ name = \"sgd\", learning_rate = 1000 }",
                    "--set", "model.layers.0.activation=relu"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE status = 'failed' AND reason LIKE '%not finite%'"),
            "4");
  EXPECT_TRUE(std::filesystem::exists(program_.folder() / "output/results.report/small/report.md"));
}

TEST_F(Run, CtrlCMarksTheRunInterruptedAndTheNextCallFinishesIt) {
  const auto config = program_.write("small.toml", small_experiment());
  program_.start({"run", config, "--set", "training.epochs=100000", "--seeds", "1"});
  for (int wait = 0; wait < 500; ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (std::filesystem::exists(database()) &&
        read_file(program_.folder() / "stderr.txt").find("epoch 2/") != std::string::npos)
      break;
  }
  const auto asked = std::chrono::steady_clock::now();
  program_.send(SIGINT);
  const ProgramResult result = program_.wait();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - asked;
  RecordProperty("seconds_to_stop", std::to_string(taken.count()));
  EXPECT_EQ(result.exit_code, 130) << result.err;
  EXPECT_THAT(result.err, HasSubstr("interrupted"));
  EXPECT_EQ(ask("SELECT status || ',' || reason FROM runs"), "\"interrupted,stopped by the user\"");
  EXPECT_EQ(program_.run({"run", config}).exit_code, 0);
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE status = 'finished'"), "4");
}

TEST_F(Run, PredictsATextWithAFinishedRun) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_
                .run({"run", config, "--set", "training.epochs=15", "--set", "model.layers.0.units=32",
                      "--set", "data.limit.train=2000"})
                .exit_code,
            0);
  for (const char* which : {"best", "last"}) {
    const ProgramResult result = program_.run({"predict", "1", "The plot was good.", "--weights", which});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, testing::ContainsRegex("^(POSITIVE|NEGATIVE)"));
  }
  const ProgramResult unknown = program_.run({"predict", "77", "good"});
  EXPECT_NE(unknown.exit_code, 0);
  EXPECT_THAT(unknown.err, HasSubstr("77"));
}

}  // namespace
}  // namespace rnnbench
