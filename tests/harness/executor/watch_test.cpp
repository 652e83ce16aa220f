#include "harness/executor/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/support/temporary_folder.hpp"

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
  bool is_cancelled = false;
  bool refuses = false;
  std::vector<std::vector<int>> submitted;

  std::string submit(const std::filesystem::path&, const std::vector<int>& tasks) override {
    if (refuses) throw EnvironmentError("sbatch: invalid partition");
    submitted.push_back(tasks);
    left_ = questions_at_work;
    return "job" + std::to_string(submitted.size());
  }
  std::map<int, TaskState> states(const std::string& job) override {
    EXPECT_EQ(job, "job" + std::to_string(submitted.size()));
    if (unanswered-- > 0) throw EnvironmentError("squeue: the controller is away");
    std::map<int, TaskState> states;
    for (const int task : submitted.back()) {
      if (left_ > 0) states[task] = TaskState::kRunning;
      if (is_cancelled) states[task] = TaskState::kCancelled;
      if (left_ == 1) work(task);
    }
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
    services_.poll = std::chrono::milliseconds(1);
    services_.say = [this](const std::string& text) { said_ += text + "\n"; };
    services_.merge = [this](const std::filesystem::path& database) {
      const std::string content = read_file(database);
      if (content == "damaged") throw StoreError("it is no database");
      merged_.push_back(content);
    };
    executor_.work = [this](int task) { leave(submission_.shard(task), std::to_string(task)); };
  }

  void leave(const std::filesystem::path& shard, const std::string& content) {
    write_file_atomically(submission_.database(shard), content);
  }

  TemporaryFolder folder_;
  Submission submission_;
  FakeExecutor executor_;
  WatchServices services_;
  std::vector<std::string> merged_;
  std::string said_;
};

TEST_F(WatchTest, MergesEachShardOnce) {
  EXPECT_THAT(watch(submission_, executor_, services_), IsEmpty());
  EXPECT_THAT(merged_, ElementsAre("1", "2", "3"));
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3)));
  EXPECT_FALSE(Submission::open_in(folder_.path()));
}

TEST_F(WatchTest, HandsOverAgainOnlyWhatLeftNoShard) {
  std::set<int> lost = {2};
  executor_.work = [&](int task) {
    if (lost.erase(task) == 0) leave(submission_.shard(task), std::to_string(task));
  };
  EXPECT_THAT(watch(submission_, executor_, services_), IsEmpty());
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(2)));
  EXPECT_THAT(merged_, ElementsAre("1", "3", "2"));
}

TEST_F(WatchTest, GivesUpAfterSomeTriesAndKeepsWhatIsThere) {
  executor_.work = [&](int task) {
    leave(task == 2 ? submission_.part(2) : submission_.shard(task), std::to_string(task));
  };
  EXPECT_THAT(watch(submission_, executor_, services_), ElementsAre(2));
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
  EXPECT_THAT(watch(submission_, executor_, services_), IsEmpty());
  EXPECT_THAT(executor_.submitted, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(3)));
  EXPECT_TRUE(exists(submission_.folder() / "damaged" / "3.1"));
  EXPECT_THAT(said_, testing::HasSubstr("task 3: it is no database; it is put away and done again"));
}

TEST_F(WatchTest, GoesOnWithWhatWasHandedOver) {
  submission_.handed_over(executor_.submit("", {2, 3}));
  leave(submission_.shard(1), "1");
  Submission found = *Submission::open_in(folder_.path());
  EXPECT_THAT(watch(found, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(merged_, ElementsAre("1", "2", "3"));
}

TEST_F(WatchTest, WaitsForAControllerThatIsAway) {
  executor_.unanswered = 3;
  EXPECT_THAT(watch(submission_, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(said_, testing::HasSubstr("squeue: the controller is away; asking again\n"));
}

TEST_F(WatchTest, DoesNotHandOverAgainWhatSomebodyCancelled) {
  executor_.work = [](int) {};
  executor_.is_cancelled = true;
  leave(submission_.part(1), "1");
  EXPECT_THAT(watch(submission_, executor_, services_), ElementsAre(1, 2, 3));
  EXPECT_EQ(executor_.submitted.size(), 1U);
  EXPECT_THAT(merged_, ElementsAre("1"));
  EXPECT_THAT(said_, testing::HasSubstr("tasks of job job1 were cancelled\n"));
  EXPECT_FALSE(Submission::open_in(folder_.path()));
}

TEST_F(WatchTest, IsOverWhereItIsRefused) {
  executor_.refuses = true;
  EXPECT_THROW(watch(submission_, executor_, services_), EnvironmentError);
  EXPECT_FALSE(Submission::open_in(folder_.path())) << "the next call asks anew";
}

// A kill between the two: the tasks may be at work, and those handed over again wait for them at the shard's
// lock.
TEST_F(WatchTest, HandsOverWhatWasAboutToBe) {
  submission_.begins();
  Submission found = *Submission::open_in(folder_.path());
  EXPECT_THAT(watch(found, executor_, services_), IsEmpty());
  EXPECT_EQ(executor_.submitted.size(), 1U);
}

TEST_F(WatchTest, LeavesTasksAtWorkWhenAskedToStop) {
  std::stop_source stop;
  services_.stop = stop.get_token();
  services_.poll = std::chrono::milliseconds(200);
  executor_.questions_at_work = 1000;
  executor_.work = [](int) {};
  services_.say = [&](const std::string&) { stop.request_stop(); };
  EXPECT_THROW(watch(submission_, executor_, services_), Interrupted);
  EXPECT_EQ(Submission::open_in(folder_.path())->job(), "job1");
}

}  // namespace
}  // namespace rnnbench
