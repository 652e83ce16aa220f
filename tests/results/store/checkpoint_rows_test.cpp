#include "results/store/checkpoint_rows.hpp"

#include <fcntl.h>
#include <sys/wait.h>

#include <array>
#include <cmath>
#include <map>

#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

std::string of_run(const char* column, RunId run) {
  return std::string("SELECT ") + column + " FROM run_summary WHERE run = " + std::to_string(run);
}

/// An epoch with a checkpoint and values that only the same bits equal.
EpochRecord a_checkpointed_epoch(int epoch) {
  EpochRecord record = an_epoch(epoch);
  record.metrics.push_back({"gradient_norm", "train", epoch, std::nan(""), ""});
  record.metrics.push_back({"third", "", epoch, 1.0 / 3 + epoch, ""});
  record.timings.push_back({"epoch", "host", epoch, false, {2'000'000'000}});
  record.checkpoint = {epoch, "files/" + std::to_string(epoch), sha256_hex(std::to_string(epoch)), 100};
  record.train_seconds = 2.0 * epoch;
  record.seconds = 3.0 * epoch;
  return record;
}

RunEnd an_interruption() {
  RunEnd end;
  end.status = RunStatus::kInterrupted;
  end.reason = "stopped";
  end.seconds = 10;
  return end;
}

TEST_F(StoreTest, ARunThatWasLeftComesBackAsItWasRecorded) {
  Store store(path_);
  const RunId run = store.claim_run(a_start()).value();
  EXPECT_FALSE(store.unfinished_run(a_start()));
  store.epoch_finished(run, a_checkpointed_epoch(1));
  store.epoch_finished(run, a_checkpointed_epoch(2));
  EXPECT_EQ(scalar(path_, of_run("train_seconds||' '||seconds", run)), "4.0 6.0");
  EXPECT_FALSE(store.unfinished_run(a_start())) << "this process is at work on it";
  store.epoch_finished(run, an_epoch(3));
  store.end_run(run, an_interruption());

  EXPECT_FALSE(store.unfinished_run(a_start(2)));
  EXPECT_FALSE(store.unfinished_run(a_start(1, a_trial("libtorch"))));
  const UnfinishedRun left = store.unfinished_run(a_start()).value();
  EXPECT_EQ(left.run, run);
  EXPECT_EQ(left.engine, "{}");
  EXPECT_EQ(left.checkpoint.epoch, 2);
  EXPECT_EQ(left.checkpoint.path, "files/2");
  EXPECT_EQ(left.checkpoint.sha256, sha256_hex("2"));
  EXPECT_EQ(left.train_seconds, 4);
  EXPECT_EQ(left.seconds, 10);
  ASSERT_EQ(left.epochs.size(), 2U);
  EXPECT_EQ(left.epochs[1].epoch, 2);
  std::map<std::string, double> values;
  for (const MetricRecord& metric : left.epochs[1].metrics) values[metric.name + metric.split] = metric.value;
  EXPECT_EQ(values.at("third"), 1.0 / 3 + 2);
  EXPECT_EQ(values.at("losstrain"), 0.5);
  EXPECT_TRUE(std::isnan(values.at("gradient_normtrain")));
  EXPECT_EQ(scalar(path_, "SELECT count(*)||' '||max(epoch) FROM checkpoints"), "1 2");
}

TEST_F(StoreTest, AResumedRunTakesBackWhatFollowedItsCheckpoint) {
  Store store(path_);
  const RunId run = store.claim_run(a_start()).value();
  store.epoch_finished(run, a_checkpointed_epoch(1));
  store.epoch_finished(run, an_epoch(2));
  store.end_run(run, an_interruption());
  RunStart elsewhere = a_start();
  elsewhere.environment = R"({"processor":"b"})";
  const UnfinishedRun left = store.unfinished_run(elsewhere).value();
  EXPECT_TRUE(store.resume_run(left, elsewhere));
  EXPECT_EQ(scalar(path_, of_run("status||reason||epochs||resumes||(finished IS NULL)", run)), "running111");
  EXPECT_EQ(scalar(path_, "SELECT max(epoch) FROM metrics"), "1");
  EXPECT_EQ(scalar(path_, "SELECT max(epoch) FROM timings"), "1");
  EXPECT_EQ(
      scalar(path_, "SELECT from_epoch||' '||content FROM resumes JOIN environments ON id = environment_id"),
      R"(2 {"processor":"b"})");
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
  EXPECT_FALSE(store.resume_run(left, elsewhere)) << "it is at work";
  store.epoch_finished(run, an_epoch(2));
  store.end_run(run, an_end());
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM checkpoints"), "0");
  EXPECT_FALSE(store.resume_run(left, elsewhere)) << "it is finished";
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs"), "1");
}

TEST_F(StoreTest, ARunOfAProcessThatIsGoneIsLeft) {
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, a_checkpointed_epoch(1));
  execute(path_, "UPDATE runs SET process_start = process_start - 1");
  EXPECT_EQ(store.unfinished_run(a_start()).value().seconds, 3);
  execute(path_, "UPDATE runs SET host = 'other'");
  EXPECT_FALSE(store.unfinished_run(a_start())) << "whether that process runs is not known here";
}

TEST_F(StoreTest, OfRunsThatWereLeftTheFarthestGoesOn) {
  Store store(path_);
  for (const int epoch : {1, 4, 2}) {
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, a_checkpointed_epoch(epoch));
    store.end_run(run, an_interruption());
  }
  EXPECT_EQ(store.unfinished_run(a_start()).value().checkpoint.epoch, 4);
  store.drop_checkpoint(2);
  EXPECT_EQ(store.unfinished_run(a_start()).value().checkpoint.epoch, 2);
}

TEST_F(StoreTest, AFailedRunKeepsNoCheckpoint) {
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, a_checkpointed_epoch(1));
  RunEnd failure = an_end();
  failure.status = RunStatus::kFailed;
  store.end_run(run, failure);
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM checkpoints"), "0");
}

TEST_F(StoreTest, ARepetitionGoesOnWithOneThatWasBegunAfterTheLastFinishedRun) {
  Store store(path_);
  RunStart again = a_start();
  again.repeats = true;
  const auto leave_one = [&](int epoch) {
    const RunId run = store.begin_run(again);
    store.epoch_finished(run, a_checkpointed_epoch(epoch));
    store.end_run(run, an_interruption());
    return run;
  };
  leave_one(5);
  store.end_run(store.begin_run(a_start()), an_end());
  EXPECT_FALSE(store.unfinished_run(again)) << "what finished since was its repetition";
  const RunId run = leave_one(1);
  const UnfinishedRun left = store.unfinished_run(again).value();
  EXPECT_EQ(left.run, run);
  EXPECT_FALSE(store.resume_run(left, a_start())) << "the trial is finished";
  EXPECT_TRUE(store.resume_run(left, again));
  EXPECT_FALSE(store.resume_run(left, again)) << "it is at work";
}

// Catches: two processes that both go on with one run, and then write its epochs twice or mix them.
TEST_F(StoreTest, OfManyProcessesOneGoesOnWithARun) {
  {
    Store store(path_);
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, a_checkpointed_epoch(1));
    store.end_run(run, an_interruption());
  }
  constexpr int kProcesses = 8;
  std::array<int, 2> gate{}, hold{};
  ASSERT_EQ(pipe2(gate.data(), O_CLOEXEC), 0);
  ASSERT_EQ(pipe2(hold.data(), O_CLOEXEC), 0);
  std::array<pid_t, kProcesses> children{};
  for (pid_t& child : children) {
    child = fork();
    if (child != 0) continue;
    close(gate[1]);
    close(hold[1]);
    char nothing = 0;
    static_cast<void>(!read(gate[0], &nothing, 1));  // until all are there
    bool is_mine = false;
    try {
      Store store(path_);
      const auto left = store.unfinished_run(a_start());
      is_mine = left && store.resume_run(*left, a_start());
      if (is_mine) store.epoch_finished(left->run, an_epoch(2));
    } catch (...) {
      _exit(2);
    }
    static_cast<void>(!read(hold[0], &nothing, 1));  // lives until all have tried
    _exit(is_mine ? 1 : 0);
  }
  close(gate[0]);
  close(hold[0]);
  close(gate[1]);
  for (int i = 0; i < 5000 && scalar(path_, "SELECT count(*) FROM metrics WHERE epoch = 2") == "0"; ++i)
    usleep(2000);
  usleep(100'000);
  close(hold[1]);
  int owners = 0;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_LT(WEXITSTATUS(status), 2);
    owners += WEXITSTATUS(status) == 1 ? 1 : 0;
  }
  EXPECT_EQ(owners, 1);
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM resumes"), "1");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs"), "1");
}

}  // namespace
}  // namespace rnnbench
