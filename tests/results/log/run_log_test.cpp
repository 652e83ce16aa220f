#include "results/log/run_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <stdexcept>

#include "harness/measure/environment.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunLogTest : public StoreTest {
 protected:
  std::string ask(const std::string& sql) const {
    SQLite::Database database(path_.string());
    SQLite::Statement statement(database, sql);
    return statement.executeStep() ? statement.getColumn(0).getString() : "nothing";
  }
  RunLog a_log(std::uint64_t seed = 7) const {
    return RunLog(path_, "mine", {{"rate", 0.5}}, seed, "Does it learn?");
  }
};

TEST_F(RunLogTest, RecordsARunWithItsFigures) {
  {
    RunLog log = a_log();
    EXPECT_EQ(ask("SELECT status FROM runs"), "running");
    log.metric("loss", "train", 1, 0.75, "nats");
    log.timing({"step", "host", 1, false, {30, 10, 20}});
    log.metric("loss", "train", 2, 0.5, "nats");
    log.metric("accuracy", "test", 2, 0.875, "fraction");
    log.finish(1.5);
    EXPECT_EQ(log.run(), 1);
  }
  EXPECT_EQ(
      ask("SELECT experiment || ' ' || engine || ' ' || seed || ' ' || status || ' ' || epochs || ' ' || "
          "test_accuracy || ' ' || train_seconds FROM run_summary"),
      "mine logged 7 finished 2 0.875 1.5");
  EXPECT_EQ(ask("SELECT question FROM experiments"), "Does it learn?");
  EXPECT_EQ(ask("SELECT group_concat(value, ' ') FROM metrics WHERE name = 'loss'"), "0.75 0.5");
  EXPECT_EQ(ask("SELECT median_ns FROM timings"), "20");
  EXPECT_EQ(ask("SELECT content FROM environments"), capture_environment().dump());
  EXPECT_EQ(ask("SELECT length(uid) || ' ' || (host <> '') || ' ' || (process = " + std::to_string(getpid()) +
                ") FROM runs"),
            "32 1 1");
  EXPECT_THAT(ask("SELECT engine_details ->> '$.logged_by' FROM runs"), HasSubstr("results_log_test"));
  EXPECT_EQ(ask("SELECT count(*) FROM experiment_trials"), "1");
}

TEST_F(RunLogTest, SeveralAreOneExperimentAndRepeatsAreRunsOfTheirOwn) {
  for (const double rate : {0.5, 0.25, 0.5}) RunLog(path_, "mine", {{"rate", rate}}, 1).finish();
  EXPECT_EQ(ask("SELECT count(*) FROM experiments"), "1");
  EXPECT_EQ(ask("SELECT group_concat(position || ':' || (settings ->> '$.rate'), ' ') FROM (SELECT * FROM "
                "experiment_trials JOIN trials ON id = trial_id ORDER BY position)"),
            "1:0.5 2:0.25");
  EXPECT_EQ(ask("SELECT count(*) FROM runs WHERE status = 'finished'"), "3");
}

// Catches: an epoch that is lost with the process although the next one began.
TEST_F(RunLogTest, AnEpochIsDurableOnceALaterOneBeginsOrWhenFlushed) {
  RunLog log = a_log();
  log.metric("loss", "train", 1, 1.0);
  EXPECT_EQ(ask("SELECT count(*) FROM metrics"), "0");
  log.metric("loss", "train", 2, 0.5);
  EXPECT_EQ(ask("SELECT count(*) FROM metrics"), "1");
  log.flush();
  EXPECT_EQ(ask("SELECT count(*) FROM metrics"), "2");
  EXPECT_THAT(message_of<EngineError>([&] { log.metric("accuracy", "test", 2, 1); }),
              HasSubstr("epoch 2 is recorded already"));
  log.finish();
}

TEST_F(RunLogTest, TakesItsTrainingTimeFromItsLifeUnlessItIsTold) {
  a_log().finish();
  EXPECT_EQ(ask("SELECT train_seconds > 0 AND train_seconds = seconds AND seconds < 60 FROM runs"), "1");
}

TEST_F(RunLogTest, FailsWhereAnExceptionEndsItAndIsInterruptedWhereItIsLeft) {
  try {
    RunLog log = a_log(1);
    log.metric("loss", "train", 1, 0.5);
    throw std::runtime_error("no memory");
  } catch (const std::runtime_error&) {
  }
  { RunLog log = a_log(2); }
  a_log(3).fail("the loss is not finite");
  EXPECT_EQ(
      ask("SELECT group_concat(status || ': ' || reason, '; ') FROM (SELECT * FROM runs ORDER BY seed)"),
      "failed: an exception ended it; interrupted: its program ended it without saying how; failed: the "
      "loss is not finite");
  EXPECT_EQ(ask("SELECT count(*) FROM metrics"), "1");
}

// A log that is made while an exception is on its way, in a destructor, is not ended by that one.
TEST_F(RunLogTest, AnotherExceptionIsNotItsEnd) {
  struct AtTheEnd {
    std::function<void()> call;
    ~AtTheEnd() { call(); }
  };
  try {
    const AtTheEnd logs{[&] { a_log(1); }};
    throw std::runtime_error("elsewhere");
  } catch (const std::runtime_error&) {
  }
  EXPECT_EQ(ask("SELECT status FROM runs"), "interrupted");
}

TEST_F(RunLogTest, OfAKilledProcessIsFoundByTheNextOne) {
  const pid_t child = ::fork();
  if (child == 0) {
    RunLog log = a_log(1);
    log.metric("loss", "train", 1, 0.75);
    log.metric("loss", "train", 2, 0.5);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(ask("SELECT status FROM runs"), "running");
  a_log(2).finish();
  EXPECT_EQ(ask("SELECT status || ': ' || reason FROM runs WHERE seed = 1"),
            "interrupted: the process ended without saying so");
  EXPECT_EQ(ask("SELECT count(*) FROM metrics"), "1");
}

// Catches: a worker that leaves by `return` and ends the run of the process that goes on with it.
TEST_F(RunLogTest, IsOfTheProcessThatMadeIt) {
  RunLog log = a_log();
  log.metric("loss", "train", 1, 0.75);
  const pid_t child = ::fork();
  if (child == 0) {
    int refused = 0;
    for (const std::function<void()>& call :
         {std::function<void()>([&] { log.metric("loss", "train", 2, 9); }),
          {[&] { log.flush(); }},
          {[&] { log.finish(); }},
          {[&] { log.fail("why"); }}}) {
      try {
        call();
      } catch (const EngineError&) {
        ++refused;
      }
    }
    log.~RunLog();
    ::_exit(refused);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 4);
  EXPECT_EQ(ask("SELECT status FROM runs"), "running");
  log.metric("loss", "train", 2, 0.5);
  log.finish();
  EXPECT_EQ(ask("SELECT status || ' ' || epochs FROM run_summary"), "finished 2");
  EXPECT_EQ(ask("SELECT group_concat(value, ' ') FROM metrics"), "0.75 0.5");
}

TEST_F(RunLogTest, RefusesAnEmptyPathAsAnyError) {
  EXPECT_THAT(message_of<StoreError>([] {
                RunLog("", "mine", {{"a", 1}}, 1);
              }),
              HasSubstr("path of the results"));
}

TEST_F(RunLogTest, RefusesTextThatIsNoUtf8) {
  EXPECT_THAT(message_of<ConfigError>([&] {
                RunLog(path_, "a\xff", {{"a", 1}}, 1);
              }),
              HasSubstr("the experiment of a logged run is no UTF-8"));
  EXPECT_THROW(RunLog(path_, "mine", {{"a", 1}}, 1, "\xff?"), ConfigError);
  RunLog log = a_log();
  EXPECT_THROW(log.metric("m\xff", "train", 1, 1), ConfigError);
  EXPECT_THROW(log.metric("m", "t\xff", 1, 1), ConfigError);
  EXPECT_THROW(log.metric("m", "train", 1, 1, "\xff"), ConfigError);
  EXPECT_THROW(log.timing({"p\xff", "host", 1, false, {1}}), ConfigError);
  log.metric("größe", "train", 1, 1, "µs");
  log.finish();
  EXPECT_EQ(ask("SELECT group_concat(name || unit) FROM metrics"), "größeµs");
}

// Catches: durations whose sum over epochs no query can form.
TEST_F(RunLogTest, RefusesDurationsThatNothingTakes) {
  RunLog log = a_log();
  for (const std::int64_t absurd : {INT64_MAX, kLongestSampleNs + 1, std::int64_t{-1}}) {
    EXPECT_THAT(message_of<ConfigError>([&] {
                  log.timing({"step", "host", 1, false, {5, absurd}});
                }),
                HasSubstr(std::to_string(absurd) + " ns; give durations from 0 to 10 years"));
  }
  for (const int epoch : {1, 2}) log.timing({"step", "host", epoch, false, {kLongestSampleNs, 0}});
  log.finish();
  EXPECT_EQ(ask("SELECT cast(total_seconds AS INTEGER) FROM timing_medians"), "630720000");
}

TEST_F(RunLogTest, WrongCallsThrowAndRecordNothing) {
  EXPECT_THAT(message_of<ConfigError>([&] {
                RunLog(path_, "bench", {{"a", 1}}, 1);
              }),
              HasSubstr("'bench' can't be logged to"));
  EXPECT_THROW(RunLog(path_, "", {{"a", 1}}, 1), ConfigError);
  EXPECT_THROW(RunLog(path_, "mine", Json("text"), 1), ConfigError);
  RunLog log = a_log();
  EXPECT_THAT(message_of<EngineError>([&] { log.metric("loss", "train", 0, 1); }), HasSubstr("count from 1"));
  EXPECT_THROW(log.timing({"step", "sundial", 1, false, {1}}), EngineError);
  log.metric("loss", "train", 2, 1);
  EXPECT_THROW(log.metric("loss", "train", 1, 1), EngineError);
  log.finish();
  EXPECT_THROW(log.metric("loss", "train", 3, 1), EngineError);
  EXPECT_THROW(log.finish(), EngineError);
  EXPECT_EQ(ask("SELECT count(*) || ' ' || (SELECT count(*) FROM metrics) FROM runs"), "1 1");
}

}  // namespace
}  // namespace rnnbench
