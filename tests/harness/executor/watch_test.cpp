#include "harness/executor/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "harness/core/damaged_error.hpp"
#include "harness/core/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/watch_until_over.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A scheduler whose tasks do what a test says at each question.
class FakeExecutor final : public Executor {
 public:
  std::function<void(int task)> work = [](int) {};
  int questions_at_work = 1;  ///< tasks are over after so many
  int unanswered = 0;
  std::set<int> cancelled;
  std::string reason;
  std::vector<std::vector<int>> submitted;

  std::string submit(const std::filesystem::path&, const std::vector<int>& tasks,
                     const std::string&) override {
    submitted.push_back(tasks);
    left_ = questions_at_work;
    return "job" + std::to_string(submitted.size());
  }
  std::optional<std::string> find(const std::string&) override { return std::nullopt; }
  std::map<int, TaskState> states(const std::string& job) override {
    EXPECT_EQ(job, "job" + std::to_string(submitted.size()));
    if (unanswered-- > 0) throw EnvironmentError("squeue: the controller is away");
    std::map<int, TaskState> states;
    for (const int task : submitted.back()) {
      if (left_ > 0) states[task] = {TaskState::Phase::kRunning, reason};
      if (cancelled.contains(task)) states[task] = {TaskState::Phase::kCancelled};
      if (left_ == 1) work(task);
    }
    if (cancelled.contains(kOtherTasks)) states[kOtherTasks] = {TaskState::Phase::kCancelled};
    --left_;
    return states;
  }
  void cancel(const std::string&) override {}

 private:
  int left_ = 0;
};

class WatchTest : public testing::Test {
 protected:
  WatchTest() : submission_(Submission::create_in(folder_.path(), {{std::string(64, 'a'), 1}}, 3)) {
    services_.poll = services_.most_poll = std::chrono::milliseconds(1);
    services_.grace = std::chrono::milliseconds(5);
    services_.shards.say = [this](const std::string& text) { said_ += text + "\n"; };
    services_.shards.check = [](const std::filesystem::path& database) {
      if (read_file(database) == "damaged") throw DamagedError("it is no database");
      if (read_file(database) == "newer") throw StoreError("it is of a newer version");
    };
    services_.shards.merge = [this](const std::filesystem::path& database) {
      merged_.push_back(read_file(database));
      return true;
    };
    executor_.work = [this](int task) { leave(submission_.shard(task), std::to_string(task)); };
  }

  /// Whole at once, as tasks do.
  void leave(const std::filesystem::path& shard, const std::string& content) {
    const std::filesystem::path making = submission_.folder() / "making" / shard.filename();
    write_file_atomically(submission_.database(making), content);
    if (!exists(shard)) std::filesystem::rename(making, shard);
  }
  void end(int task, int status) {
    write_file_atomically(submission_.folder() / "ends" / std::to_string(task),
                          std::to_string(status) + "\n");
  }

  TemporaryFolder folder_;
  Submission submission_;
  FakeExecutor executor_;
  WatchServices services_;
  std::vector<std::string> merged_;
  std::string said_;
};

TEST_F(WatchTest, MergesEachShardOnce) {
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), IsEmpty());
  EXPECT_THAT(merged_, ElementsAre("1", "2", "3"));
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3)));
  EXPECT_FALSE(Submission::open_in(folder_.path()));
}

TEST_F(WatchTest, HandsOverAgainOnlyWhatLeftNoShard) {
  std::set<int> lost = {2};
  executor_.work = [&](int task) {
    if (lost.erase(task) == 0) leave(submission_.shard(task), std::to_string(task));
  };
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), IsEmpty());
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(2)));
  EXPECT_THAT(merged_, ElementsAre("1", "3", "2"));
}

TEST_F(WatchTest, GivesUpAfterSomeTriesAndKeepsWhatIsThere) {
  executor_.work = [&](int task) {
    leave(task == 2 ? submission_.part(2) : submission_.shard(task), std::to_string(task));
  };
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), ElementsAre(2));
  EXPECT_EQ(executor_.submitted.size(), 3U) << "two retries";
  EXPECT_THAT(merged_, ElementsAre("1", "3", "2", "2", "2")) << "a part is merged after each try";
  EXPECT_FALSE(Submission::open_in(folder_.path()));
}

TEST_F(WatchTest, PutsDamagedShardsAway) {
  bool is_damaged = true;
  executor_.work = [&](int task) {
    leave(submission_.shard(task),
          task == 3 && std::exchange(is_damaged, false) ? "damaged" : std::to_string(task));
  };
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), IsEmpty());
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(3)));
  EXPECT_TRUE(exists(submission_.folder() / "damaged" / "3.1"));
  EXPECT_THAT(said_, testing::HasSubstr("task 3: it is no database; it is put away and done again"));
}

// Catches: what can't be read now, or by this version, is taken for damage and done again.
TEST_F(WatchTest, LeavesShardsThatItCannotRead) {
  executor_.work = [&](int task) {
    leave(submission_.shard(task), task == 3 ? "newer" : std::to_string(task));
  };
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), ElementsAre(3));
  EXPECT_TRUE(exists(submission_.database(submission_.shard(3))));
  const std::string said = "task 3: it is of a newer version; it stays in ";
  const std::size_t first = said_.find(said), handed_over_again = said_.find("handed over again");
  ASSERT_NE(first, std::string::npos);
  EXPECT_GT(said_.find(said, first + 1), handed_over_again) << "once for each time that it is handed over";
  EXPECT_THAT(merged_, ElementsAre("1", "2"));
}

// Catches: one task that somebody cancelled takes the time that shards of the others need to show.
TEST_F(WatchTest, WaitsForFilesOfTasksThatNobodyCancelled) {
  services_.grace = std::chrono::minutes(10);
  services_.poll = std::chrono::milliseconds(60);
  executor_.work = [](int) {};
  executor_.cancelled = {3};
  std::jthread late([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    for (int task = 1; task <= 2; ++task) leave(submission_.shard(task), std::to_string(task));
  });
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), ElementsAre(3));
  EXPECT_THAT(merged_, testing::UnorderedElementsAre("1", "2"));
}

TEST_F(WatchTest, GoesOnWithWhatWasHandedOver) {
  submission_.handed_over(executor_.submit("", {2, 3}, ""));
  leave(submission_.shard(1), "1");
  Submission found = *Submission::open_in(folder_.path());
  EXPECT_THAT(watch_until_over(found, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(merged_, ElementsAre("1", "2", "3"));
}

TEST_F(WatchTest, WaitsForAControllerThatIsAway) {
  executor_.unanswered = 3;
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(said_, testing::HasSubstr("squeue: the controller is away; asking again\n"));
}

TEST_F(WatchTest, DoesNotHandOverAgainWhatSomebodyCancelled) {
  executor_.work = [](int) {};
  executor_.cancelled = {1, 2, 3};
  leave(submission_.part(1), "1");
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), ElementsAre(1, 2, 3));
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(merged_, ElementsAre("1"));
  EXPECT_THAT(said_, testing::HasSubstr("tasks of job job1 were cancelled\n"));
  EXPECT_FALSE(Submission::open_in(folder_.path()));
}

// Catches: a job that was cancelled before any task began is handed over again.
TEST_F(WatchTest, DoesNotHandOverAgainAJobThatWasCancelledBeforeItBegan) {
  executor_.questions_at_work = 0;
  executor_.cancelled = {kOtherTasks};
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), ElementsAre(1, 2, 3));
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(said_, testing::HasSubstr("tasks of job job1 were cancelled\n"));
}

// Slurm forgets a cancelled task after some minutes; who waited was away, or others were still at work.
TEST_F(WatchTest, RemembersThatSomebodyCancelled) {
  submission_.handed_over(executor_.submit("", {1, 2, 3}, ""));
  submission_.cancelled();
  executor_.work = [](int) {};
  Submission found = *Submission::open_in(folder_.path());
  EXPECT_THAT(watch_until_over(found, executor_, services_), ElementsAre(1, 2, 3));
  EXPECT_EQ(executor_.submitted.size(), 1U);
}

TEST_F(WatchTest, DoesNotTryAgainWhatWouldEndSoAgain) {
  executor_.work = [&](int task) { end(task, task == 2 ? 3 : task == 1 ? 2 : 127); };
  write_file_atomically(submission_.folder() / "logs" / "2.txt", "no data\n");
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), ElementsAre(1, 2, 3));
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(2), ElementsAre(2)));
  EXPECT_THAT(said_, testing::HasSubstr("handed over again; task 2 said last: no data\n"));
}

// Catches: a shard that shows on this machine later than the scheduler forgets its task is done again.
TEST_F(WatchTest, WaitsForFilesThatComeLate) {
  services_.grace = std::chrono::minutes(10);
  executor_.work = [](int) {};
  services_.poll = std::chrono::milliseconds(60);
  std::jthread late([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    for (int task = 1; task <= 3; ++task) leave(submission_.shard(task), std::to_string(task));
  });
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
}

TEST_F(WatchTest, SaysOnceWhyTasksWait) {
  executor_.questions_at_work = 5;
  executor_.reason = "QOSMaxSubmitJobPerUserLimit";
  watch_until_over(submission_, executor_, services_);
  const std::string said = "job job1: 3 of its tasks wait: QOSMaxSubmitJobPerUserLimit\n";
  EXPECT_THAT(said_, testing::HasSubstr(said));
  EXPECT_EQ(said_.find(said), said_.rfind(said));
}

// Catches: a full disk of the database that takes the runs is taken for damage of the shards.
TEST_F(WatchTest, KeepsShardsThatCouldNotBeTaken) {
  const auto merge = services_.shards.merge;
  services_.shards.merge = [](const std::filesystem::path&) -> bool { throw StoreError("the disk is full"); };
  EXPECT_THROW(watch_until_over(submission_, executor_, services_), StoreError);
  EXPECT_THAT(submission_.whole(), ElementsAre(1, 2, 3));
  services_.shards.merge = merge;
  Submission found = *Submission::open_in(folder_.path());
  EXPECT_THAT(watch_until_over(found, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
}

TEST_F(WatchTest, KeepsTheFilesOfAShardThatWasTakenInPart) {
  services_.shards.merge = [](const std::filesystem::path& database) { return read_file(database) != "2"; };
  EXPECT_THAT(watch_until_over(submission_, executor_, services_), IsEmpty());
  EXPECT_TRUE(exists(submission_.database(submission_.folder() / "merged" / "2")));
  EXPECT_FALSE(exists(submission_.database(submission_.folder() / "merged" / "1")));
}

TEST_F(WatchTest, LeavesTasksAtWorkWhenAskedToStop) {
  std::stop_source stop;
  services_.shards.stop = stop.get_token();
  services_.poll = std::chrono::milliseconds(200);
  executor_.questions_at_work = 1000;
  executor_.work = [](int) {};
  services_.shards.say = [&](const std::string&) { stop.request_stop(); };
  EXPECT_THROW(watch_until_over(submission_, executor_, services_), Interrupted);
  EXPECT_EQ(Submission::open_in(folder_.path())->job(), "job1");
}

}  // namespace
}  // namespace rnnbench
