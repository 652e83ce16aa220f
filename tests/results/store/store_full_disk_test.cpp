#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>

#include "results/store/connection.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Catches: half an epoch left behind, an earlier one lost, an unexplained error.
TEST_F(StoreTest, FullDiskKeepsWhatWasRecorded) {
  auto connection = std::make_unique<Connection>(open_for_writing(path_));
  SQLite::Database& database = connection->database;
  Store store(std::move(connection));
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, an_epoch(1));
  const int pages = database.execAndGet("PRAGMA page_count").getInt();
  database.execAndGet("PRAGMA max_page_count = " + std::to_string(pages + 2));

  EpochRecord large = an_epoch(2);
  large.timings.front().samples_ns.assign(100'000, 1);
  EXPECT_THAT(
      message_of<StoreError>([&] { store.epoch_finished(run, large); }),
      AllOf(HasSubstr(path_.string()), HasSubstr("disk or quota is full"), HasSubstr("free some space")));
  EXPECT_EQ(scalar(path_, "SELECT max(epoch) FROM metrics"), "1");
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");

  database.execAndGet("PRAGMA max_page_count = 100000");
  store.epoch_finished(run, large);
  EXPECT_EQ(scalar(path_, "SELECT max(epoch) FROM metrics"), "2");
}

// The limit on a file's size lies in the child alone; the writes beyond it fail there as on a bad disk.
TEST_F(StoreTest, FailingWritesAreExplained) {
  Store(path_).begin_run(a_start());
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{100'000, 100'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    EpochRecord large = an_epoch(1);
    large.timings.front().samples_ns.assign(100'000, 1);
    try {
      Store(path_).epoch_finished(1, large);
    } catch (const StoreError& error) {
      const std::string message = error.what();
      _exit(message.find("reading or writing it failed") != std::string::npos ? 0 : 2);
    }
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs"), "1");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM metrics"), "0");
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace rnnbench
