// Trials that are any program: engine = "command".
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "harness/core/files.hpp"
#include "harness/core/process_tree.hpp"
#include "harness/core/settings.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"
#include "tests/support/process_end.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Command : public ProgramTest {
 protected:
  /// An experiment of one trial that is `script` for the shell.
  void write_experiment(const std::string& script, const std::string& extra = "") {
    program_.write("script.sh", script);
    program_.write("command.toml", R"(schema = 1
name = "command"
question = "?"
seeds = [7]
engine = "command"
[command]
run = ["sh", "script.sh", "{seed}", "{size}"]
parameters = { size = 3 }
)" + extra);
  }

  ProgramResult run(std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"run", "command.toml"});
    return program_.run(options);
  }
};

TEST_F(Command, TheExampleOfTheDocsRuns) {
  fs::create_directory_symlink(RNNBENCH_SOURCE_DIR "/examples", program_.folder() / "examples");
  const ProgramResult result = program_.run({"run", "examples/command/experiment.toml", "--workers", "2"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(ask("SELECT count(*) || ' ' || min(epochs) || ' ' || max(epochs) FROM run_summary WHERE status = "
                "'finished'"),
            "9 5 5");
  EXPECT_EQ(ask("SELECT json_extract(settings, '$.command.parameters.rate') FROM trials t JOIN runs r ON "
                "r.trial_id = "
                "t.id GROUP BY t.id ORDER BY avg(test_loss) LIMIT 1"),
            "0.03");
  EXPECT_EQ(ask("SELECT count(*) FROM metrics WHERE name = 'slope' AND value BETWEEN 2.8 AND 3.2") > "0",
            true);
  EXPECT_TRUE(fs::exists(program_.folder() / "output" / "results.report" / "descend" / "report.md"));
  EXPECT_THAT(program_.run({"run", "examples/command/experiment.toml"}).out,
              HasSubstr("9 were done already"));
}

// Catches: the docs' script in Python that no longer prints what is recorded, or learns nothing.
TEST_F(Command, ThePythonExampleOfTheDocsIsJudged) {
  if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "needs python3";
  fs::create_directory_symlink(RNNBENCH_SOURCE_DIR "/examples", program_.folder() / "examples");
  const ProgramResult result = program_.run({"run", "examples/python/experiment.toml", "--workers", "2"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(
      ask("SELECT count(*) || ' ' || min(epochs) || ' ' || max(epochs) || ' ' || (min(test_loss) > 0) FROM "
          "run_summary WHERE status = 'finished'"),
      "6 4 4 1");
  EXPECT_EQ(ask("SELECT group_concat(DISTINCT count) FROM timings WHERE phase = 'step'"), "1000");
  EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE train_seconds > 0 AND train_seconds < seconds"), "6");
  EXPECT_EQ(program_.run({"list", "--group-by", "command.parameters.features", "--format", "csv"}).exit_code,
            0);
  const ProgramResult judged =
      program_.run({"compare", "command.parameters.features=words", "command.parameters.features=pairs"});
  EXPECT_EQ(judged.exit_code, 0) << judged.err;
  EXPECT_THAT(judged.out, HasSubstr("features=pairs is more accurate by"));
  EXPECT_EQ(results_in(database().string()), [&] {
    program_.run({"run", "examples/python/experiment.toml", "--db", "again.db"});
    return results_in("again.db");
  }()) << "one seed, one result";
}

TEST_F(Command, GetsItsRequestAndItsArguments) {
  write_experiment(R"(read request
echo "$request" > request.json
printf '{"metric": "seed", "value": %s}\n{"metric": "size", "value": %s}\n' "$1" "$2"
printf '{"train_seconds": 1.25}')");
  const ProgramResult result = run();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(ask("SELECT group_concat(name || '=' || value, ' ') FROM metrics"), "seed=7.0 size=3.0");
  EXPECT_EQ(ask("SELECT train_seconds FROM runs"), "1.25");
  const Json request = Json::parse(read_file(program_.folder() / "request.json"));
  EXPECT_EQ(request.at("seed"), 7);
  EXPECT_EQ(request.at("parameters").at("size"), 3);
  EXPECT_EQ(request.at("settings").at("command").at("files").at("script.sh").get<std::string>().size(), 64U);
}

TEST_F(Command, ThatFailsIsAFailedRunWithItsLastWords) {
  write_experiment("echo working; echo 'it \x1b[31mbroke' >&2; exit 3");
  const ProgramResult result = run();
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(ask("SELECT reason FROM runs"), "the command ended with exit code 3");
  EXPECT_THAT(result.out + result.err, testing::Not(HasSubstr("\x1b[31m")));
  EXPECT_EQ(ask("SELECT output LIKE '%working%' AND output LIKE '%broke%' FROM runs"), "1");
}

TEST_F(Command, AWrongLineIsAFailedRun) {
  write_experiment(R"(echo '{"metric": "loss", "value": "low"}')");
  EXPECT_EQ(run().exit_code, 1);
  EXPECT_THAT(ask("SELECT reason FROM runs"), HasSubstr("line 1 of its output: "));
}

TEST_F(Command, AChangedScriptIsAnotherTrial) {
  write_experiment("true");
  EXPECT_EQ(run().exit_code, 0);
  EXPECT_THAT(run().out, HasSubstr("1 were done already"));
  write_experiment("true # changed");
  EXPECT_THAT(run().out, HasSubstr("command: 1 finished"));
  EXPECT_EQ(ask("SELECT count(*) FROM trials"), "2");
}

// The limit is the run's: the program that it started ends too.
TEST_F(Command, EndsAtTheTimeLimitWithAllThatItStarted) {
  write_experiment("echo $$ > pid; exec sleep 1000");
  EXPECT_EQ(run({"--time-limit", "1s"}).exit_code, 1);
  EXPECT_EQ(ask("SELECT reason FROM runs"), "it took longer than its limit of 1.0 s");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(has_ended(std::stoi(read_file(program_.folder() / "pid"))));
}

TEST_F(Command, EndsWithAllThatItLeftBehind) {
  write_experiment("sleep 1000 & echo $! > pid; echo '{\"metric\": \"loss\", \"value\": 1}'");
  EXPECT_EQ(run().exit_code, 0);
  EXPECT_TRUE(has_ended(std::stoi(read_file(program_.folder() / "pid"))));
}

// Both sides wait for each other where one writes before it reads.
TEST_F(Command, MayWriteMuchBeforeItReadsMuch) {
  std::string parameters;
  const std::string long_text(15'000, 'x');
  for (int i = 0; i < 20; ++i) parameters += fmt::format("p{} = \"{}\"\n", i, long_text);
  write_experiment("head -c 300000 /dev/zero | tr '\\0' 'y'; echo; wc -c > read; cat read >&2",
                   "[command.parameters.more]\n" + parameters);
  const std::string text = read_file(program_.folder() / "command.toml");
  const std::string fixed = "parameters = { size = 3 }\n";
  program_.write("command.toml",
                 std::string(text).replace(text.find(fixed), fixed.size(), "parameters.size = 3\n"));
  const ProgramResult result = run({"--time-limit", "60s"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_GT(std::stol(read_file(program_.folder() / "read")), 300'000);
}

TEST_F(Command, IsRepeatedFromTheDatabase) {
  write_experiment("echo '{\"metric\": \"loss\", \"value\": 0.25}'");
  EXPECT_EQ(run().exit_code, 0);
  const ProgramResult same = program_.run({"rerun", "1"});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("bit-identical"));
  program_.write("script.sh", "echo changed");
  const ProgramResult changed = program_.run({"rerun", "1"});
  EXPECT_EQ(changed.exit_code, 3);
  EXPECT_THAT(changed.err, HasSubstr("script.sh is not what run 1 was made with"));
}

TEST_F(Command, IsAskedToEndOnAnInterruption) {
  write_experiment("trap 'echo bye > said; exit 0' TERM; echo $$ > pid; while :; do sleep 0.05; done");
  program_.start({"run", "command.toml"});
  while (!fs::exists(program_.folder() / "pid")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  program_.send(SIGINT);
  EXPECT_EQ(program_.wait().exit_code, 130);
  EXPECT_EQ(ask("SELECT status FROM runs"), "interrupted");
  EXPECT_TRUE(fs::exists(program_.folder() / "said"));
}

// Catches: runs that count as failed since a scheduler signalled all of a job's processes, the command's
// first.
TEST_F(Command, IsInterruptedWithTheProgramAndFailsAlone) {
  for (const bool with_the_program : {true, false}) {
    write_experiment("echo $$ > pid; exec sleep 60");
    fs::remove(program_.folder() / "pid");
    program_.start({"run", "command.toml"});
    while (!fs::exists(program_.folder() / "pid") || fs::is_empty(program_.folder() / "pid"))
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ::kill(static_cast<pid_t>(std::stol(read_file(program_.folder() / "pid"))), SIGTERM);
    if (with_the_program) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      program_.send(SIGTERM);
    }
    EXPECT_EQ(program_.wait().exit_code, with_the_program ? 130 : 1);
    EXPECT_EQ(ask("SELECT status FROM runs ORDER BY id DESC LIMIT 1"),
              with_the_program ? "interrupted" : "failed");
  }
}

TEST_F(Command, StandsBesideTheEnginesInAMatrix) {
  program_.write("script.sh",
                 R"(echo '{"metric": "accuracy", "split": "test", "value": 0.75, "unit": "fraction"}')");
  program_.write("mixed.toml", small_experiment("\n[command]\nrun = [\"sh\", \"script.sh\"]\n"));
  const std::string text = read_file(program_.folder() / "mixed.toml");
  program_.write("mixed.toml", std::string(text).replace(text.find(R"(engine = ["eigen"])"), 18,
                                                         R"(engine = ["eigen", "command"])"));
  const ProgramResult result = program_.run({"run", "mixed.toml", "--set", "training.epochs=1"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE engine = 'command' AND cell = 'rnn' AND "
                "test_accuracy = 0.75"),
            "4");
}

// Whoever looks at a running run reads what its program wrote so far.
TEST_F(Command, WhatItWroteCanBeReadMeanwhile) {
  write_experiment("echo reading; echo 'half done' >&2; until test -e go; do sleep 0.02; done");
  program_.start({"run", "command.toml"});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const fs::path database = program_.folder() / "output" / "results.db";
  std::string written = "no answer";
  const auto is_all = [&] { return written.find("half done") != std::string::npos; };
  while (!is_all() && program_.is_running() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (fs::exists(database))
      written = first_cell(database, "SELECT output FROM runs WHERE status = 'running' AND output <> ''");
  }
  EXPECT_THAT(written, AllOf(HasSubstr("reading"), HasSubstr("half done")));
  program_.write("go", "");
  EXPECT_EQ(program_.wait().exit_code, 0);
  EXPECT_EQ(ask("SELECT status || output FROM runs"), "finished");
}

char state_of(pid_t process) {
  const std::string stat = read_file("/proc/" + std::to_string(process) + "/stat");
  return stat.at(stat.rfind(')') + 2);
}

// Catches: a command that goes on while the program is suspended, or never goes on.
TEST_F(Command, IsSuspendedWithTheProgram) {
  write_experiment("touch begun; until test -e go; do sleep 0.02; done");
  program_.start({"run", "command.toml"});
  const fs::path begun = program_.folder() / "begun";
  const auto sleep_a_bit = [] { std::this_thread::sleep_for(std::chrono::milliseconds(20)); };
  while (program_.is_running() && !fs::exists(begun)) sleep_a_bit();
  program_.send(SIGTSTP);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (state_of(program_.process()) != 'T' && std::chrono::steady_clock::now() < deadline) sleep_a_bit();
  EXPECT_EQ(state_of(program_.process()), 'T');
  const std::vector<pid_t> started = descendants_of(program_.process());
  EXPECT_GE(started.size(), 2U) << "the worker and the command";
  // A shell that was just starting a program waits in D for it, which is stopped; one that it had just
  // started may have ended, which the shell will hear once it goes on.
  const auto rests = [](pid_t process) {
    return std::string("TDZ").find(state_of(process)) != std::string::npos;
  };
  for (const pid_t each : started) {
    while (!rests(each) && std::chrono::steady_clock::now() < deadline) sleep_a_bit();
    EXPECT_TRUE(rests(each)) << each << " is " << state_of(each);
  }
  program_.write("go", "");
  program_.send(SIGCONT);
  const ProgramResult result = program_.wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(Command, OfNoProgramIsSkippedWithTheReason) {
  write_experiment("true");
  const ProgramResult result = run({"--set", "command.run=[\"no-such-program\"]"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("nothing could be run"));
  EXPECT_THAT(ask("SELECT status || ': ' || reason FROM runs"),
              HasSubstr("skipped: command: no program no-such-program"));
}

TEST_F(Command, TablesThatItWouldNotGetAreRefused) {
  write_experiment("true", "[training]\nepochs = 3\n");
  const ProgramResult result = run();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("needs [data] beside it"));
}

}  // namespace
}  // namespace rnnbench
