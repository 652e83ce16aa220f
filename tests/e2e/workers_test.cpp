// Runs in worker processes: what a process does that crashes, hangs or eats memory is its run's alone.
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "harness/core/process_tree.hpp"
#include "harness/core/settings.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/support/process_end.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Workers : public ProgramTest {
 protected:
  /// Has the eigen engine misbehave so.
  void misbehave(const std::string& how) {
    const fs::path engines = program_.folder() / "engines";
    fs::create_directories(engines);
    for (const char* build : {"baseline", "avx2", "avx512"}) {
      fs::create_symlink(RNNBENCH_MISBEHAVING_ENGINE,
                         engines / ("rnnbench_engine_eigen_" + std::string(build) + ".so"));
    }
    program_.environment["RNNBENCH_ENGINES"] = engines.string();
    program_.environment["RNNBENCH_MISBEHAVIOUR"] = how;
  }

  /// Only the first time.
  void once() { program_.environment["RNNBENCH_ONCE"] = (program_.folder() / "once").string(); }

  ProgramResult run(std::vector<std::string> options = {}) {
    program_.write("small.toml", small_experiment());
    options.insert(options.begin(), {"run", "small.toml"});
    return program_.run(options);
  }

  std::string counts() {
    return ask(
        "SELECT group_concat(status || ' ' || n, ', ') FROM (SELECT status, count(*) AS n FROM runs GROUP BY "
        "status ORDER BY status)");
  }
};

struct Crash {
  const char* how;
  const char* reason;
};

class Crashes : public Workers, public testing::WithParamInterface<Crash> {};

// Catches: a crash that ends the matrix, is told as something else, or leaves a run `running`.
TEST_P(Crashes, AreFailedRunsAndTheMatrixGoesOn) {
  misbehave(GetParam().how);
  once();
  const ProgramResult result = run();
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(counts(), "\"failed 1, finished 3\"");
  EXPECT_EQ(ask("SELECT reason FROM runs WHERE status = 'failed'"), GetParam().reason);
  const std::string output = ask("SELECT output FROM runs WHERE status = 'failed'");
  EXPECT_THAT(output, HasSubstr("on stdout: about to " + std::string(GetParam().how)));
  EXPECT_THAT(output, HasSubstr("on stderr: about to " + std::string(GetParam().how)));
  EXPECT_THAT(result.err, HasSubstr(std::string("FAILED: ") + GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(Kinds, Crashes,
                         testing::Values(Crash{"segfault",
                                               "its process ended with signal 11 (Segmentation fault)"},
                                         Crash{"abort", "its process ended with signal 6 (Aborted)"},
                                         Crash{"throw", "its process ended with signal 6 (Aborted)"},
                                         Crash{"exit", "its process ended with exit code 7"}),
                         [](const auto& info) { return std::string(info.param.how); });

TEST_F(Workers, AFailedRunIsTriedAgainWhereAsked) {
  misbehave("segfault");
  once();
  const ProgramResult result = run({"--retries", "1"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(counts(), "\"failed 1, finished 4\"");
}

TEST_F(Workers, ARunThatHangsEndsAtItsTimeLimit) {
  misbehave("hang");
  once();
  const ProgramResult result = run({"--time-limit", "1s"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(counts(), "\"failed 1, finished 3\"");
  EXPECT_EQ(ask("SELECT reason FROM runs WHERE status = 'failed'"), "it took longer than its limit of 1.0 s");
  EXPECT_EQ(ask("SELECT seconds >= 1 FROM runs WHERE status = 'failed'"), "1");
}

TEST_F(Workers, ARunThatEatsMemoryEndsAtItsLimit) {
  misbehave("grow");
  once();
  const ProgramResult result = run({"--memory-limit", "300MB"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(counts(), "\"failed 1, finished 3\"");
  EXPECT_THAT(ask("SELECT reason FROM runs WHERE status = 'failed'"),
              HasSubstr("more than its limit of 300 MB"));
}

TEST_F(Workers, SeveralShareAMatrix) {
  const ProgramResult result = run({"--workers", "3", "--no-pinning"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(counts(), "finished 4");
  EXPECT_EQ(ask("SELECT count(DISTINCT process) > 1 FROM runs"), "1");
  EXPECT_EQ(ask("SELECT count(DISTINCT trial_id || ' ' || seed) FROM runs"), "4");
}

// The same numbers, whoever computed them.
TEST_F(Workers, ComputeWhatOneProcessComputes) {
  const std::string numbers =
      "SELECT group_concat(value, ' ') FROM (SELECT value FROM metrics JOIN runs ON runs.id = run_id "
      "WHERE name NOT IN ('memory_peak', 'steal', 'energy', 'frequency') ORDER BY "
      "trial_id, seed, name, split, epoch)";
  ASSERT_EQ(run({"--workers", "2"}).exit_code, 0);
  const std::string by_two = ask(numbers);
  ASSERT_EQ(run({"--workers", "0", "--db", "other.db"}).exit_code, 0);
  fs::remove(database());
  fs::rename(program_.folder() / "other.db", database());
  EXPECT_EQ(by_two, ask(numbers));
}

TEST_F(Workers, MoreThanCoresAreWarnedOf) {
  const ProgramResult result = run({"--workers", "1000"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("warning: 1000 workers share "));
}

// Ctrl-C and `kill`: each worker's run is recorded as interrupted, and the same command does the rest.
TEST_F(Workers, AnInterruptionLeavesACleanStateAndTheRestIsDoneNext) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    program_.write("long.toml", small_experiment());
    program_.start({"run", "long.toml", "--set", "training.epochs=100000", "--workers", "2"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    program_.send(signal);
    const ProgramResult result = program_.wait();
    EXPECT_EQ(result.exit_code, 130) << signal << result.err;
    EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE status = 'running'"), "0");
    EXPECT_EQ(
        ask("SELECT count(*) > 0 FROM runs WHERE status = 'interrupted' AND reason = 'stopped by the user'"),
        "1");
  }
}

// Catches: a run that counts as failed since a scheduler signalled all of a job's processes, the worker
// first.
TEST_F(Workers, AreInterruptedWithTheProgram) {
  program_.write("long.toml", small_experiment());
  program_.start({"run", "long.toml", "--set", "training.epochs=100000"});
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  const std::vector<pid_t> workers = descendants_of(program_.process());
  ASSERT_EQ(workers.size(), 1U);
  ::kill(workers.front(), SIGTERM);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  program_.send(SIGTERM);
  const ProgramResult result = program_.wait();
  EXPECT_EQ(result.exit_code, 130) << result.err;
  EXPECT_EQ(counts(), "interrupted 1");
}

// The parent's sudden end takes its workers with it.
TEST_F(Workers, EndWithTheirParent) {
  misbehave("hang");
  program_.write("small.toml", small_experiment());
  program_.start({"run", "small.toml", "--workers", "2"});
  const auto workers = [&] { return ask("SELECT count(*) FROM runs WHERE status = 'running'"); };
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  program_.send(SIGKILL);
  program_.wait();
  ASSERT_EQ(workers(), "2");
  const std::string processes = ask("SELECT group_concat(process, ' ') FROM runs");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  std::istringstream list(processes);
  for (pid_t process = 0; list >> process;) EXPECT_TRUE(has_ended(process)) << process;
  program_.environment.erase("RNNBENCH_MISBEHAVIOUR");
  EXPECT_EQ(run({}).exit_code, 0);
  EXPECT_EQ(counts(), "\"finished 4, interrupted 2\"");
}

TEST_F(Workers, SayWhatHappensAsJson) {
  const ProgramResult result = run({"--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  std::map<std::string, int> events;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const Json event = Json::parse(line);
    ++events[event.at("event").get<std::string>()];
    EXPECT_EQ(event.value("status", "finished"), "finished");
    EXPECT_EQ(event.value("metrics", Json::object()).contains("train_loss"),
              event.at("event") == "epoch_finished");
  }
  EXPECT_EQ(
      events,
      (std::map<std::string, int>{
          {"run_started", 4}, {"epoch_finished", 12}, {"run_finished", 4}, {"experiment_finished", 1}}));
}

TEST_F(Workers, AreNotForPeople) {
  const ProgramResult result = program_.run({"worker"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("use `rnnbench run`"));
  EXPECT_THAT(program_.run({"--help"}).out, testing::Not(HasSubstr("worker")));
}

TEST_F(Workers, LimitsThatAreNoneAreRefused) {
  EXPECT_THAT(run({"--time-limit", "soon"}).err, HasSubstr("--time-limit: 'soon' is no duration"));
  EXPECT_THAT(run({"--memory-limit", "much"}).err, HasSubstr("--memory-limit: 'much' is no size"));
  EXPECT_EQ(run({"--workers", "-1"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(database()));
}

}  // namespace
}  // namespace rnnbench
