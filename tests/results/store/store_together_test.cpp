#include <sqlite3.h>
#include <sys/wait.h>

#include <csignal>
#include <stdexcept>
#include <utility>

#include "results/store/connection.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

constexpr const char* kRuns = "SELECT count(*) FROM runs";

TEST_F(StoreTest, CallsTogetherAreSeenByOthersAtTheEnd) {
  Store store(path_);
  store.together([&] {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const RunId run = store.begin_run(a_start(seed));
      store.epoch_finished(run, an_epoch(1));
      store.together([&] { store.end_run(run, an_end()); });
    }
    EXPECT_EQ(scalar(path_, kRuns), "0");
  });
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs WHERE status = 'finished' AND epochs = 1"), "3");
  store.begin_run(a_start(4));
  EXPECT_EQ(scalar(path_, kRuns), "4");
}

// The beginning of a run need not wait for the disk; all that follows must, a beginning that failed too.
TEST_F(StoreTest, OnlyTheBeginningOfARunIsLateForTheDisk) {
  auto connection = std::make_unique<Connection>(open_for_writing(path_, std::chrono::milliseconds(20)));
  SQLite::Database& database = connection->database;
  std::string done;
  const auto keep = [](unsigned, void* text, void*, void* sql) {
    const std::string statement = static_cast<const char*>(sql);
    if (statement.starts_with("PRAGMA") || statement == "COMMIT")
      static_cast<std::string*>(text)->append(statement + "; ");
    return 0;
  };
  Store store(std::move(connection));
  sqlite3_trace_v2(database.getHandle(), SQLITE_TRACE_STMT, keep, &done);
  const RunId run = store.begin_run(a_start());
  EXPECT_EQ(std::exchange(done, ""), "PRAGMA synchronous = NORMAL; COMMIT; PRAGMA synchronous = FULL; ");
  store.epoch_finished(run, an_epoch(1));
  store.end_run(run, an_end());
  EXPECT_EQ(std::exchange(done, ""), "COMMIT; COMMIT; ");

  SQLite::Database other(path_.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  EXPECT_THROW(store.begin_run(a_start(2)), StoreError);
  EXPECT_EQ(done, "PRAGMA synchronous = NORMAL; PRAGMA synchronous = FULL; ");
}

TEST_F(StoreTest, AnExceptionTakesBackAllCallsTogether) {
  Store store(path_);
  EXPECT_THROW(store.together([&] {
    store.begin_run(a_start());
    throw std::runtime_error("stop");
  }),
               std::runtime_error);
  EXPECT_EQ(scalar(path_, kRuns), "0");
  store.begin_run(a_start());
  EXPECT_EQ(scalar(path_, kRuns), "1");
}

TEST_F(StoreTest, OneRefusedCallTogetherWithOthersTakesBackItselfOnly) {
  Store store(path_);
  store.together([&] {
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, an_epoch(1));
    EpochRecord half_new = an_epoch(2);
    half_new.metrics.push_back(an_epoch(1).metrics.front());
    EXPECT_THROW(store.epoch_finished(run, half_new), StoreError);
    store.end_run(run, an_end());
  });
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM metrics WHERE name = 'loss'"), "1");
  EXPECT_EQ(scalar(path_, "SELECT status FROM runs"), "finished");
}

// SQLite takes the whole transaction back then: what comes after must not be recorded by itself.
TEST_F(StoreTest, AFullDiskTakesBackAllCallsTogether) {
  auto connection = std::make_unique<Connection>(open_for_writing(path_));
  SQLite::Database& database = connection->database;
  Store store(std::move(connection));
  const int pages = database.execAndGet("PRAGMA page_count").getInt();
  database.execAndGet("PRAGMA max_page_count = " + std::to_string(pages + 2));
  EXPECT_THAT(message_of<StoreError>([&] {
                store.together([&] {
                  const RunId run = store.begin_run(a_start());
                  EpochRecord large = an_epoch(1);
                  large.timings.front().samples_ns.assign(100'000, 1);
                  EXPECT_THROW(store.epoch_finished(run, large), StoreError);
                  store.end_run(run, an_end());
                });
              }),
              HasSubstr("was taken back"));
  EXPECT_EQ(scalar(path_, kRuns), "0");
}

TEST_F(StoreTest, AKillTakesBackAllCallsTogether) {
  Store(path_).begin_run(a_start());
  const pid_t child = fork();
  if (child == 0) {
    Store store(path_);
    store.together([&] {
      store.begin_run(a_start(2));
      raise(SIGKILL);
    });
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(scalar(path_, kRuns), "1");
}

}  // namespace
}  // namespace rnnbench
