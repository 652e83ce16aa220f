#include <sqlite3.h>

#include <csignal>
#include <random>
#include <thread>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

class Kill : public ProgramTest {
 protected:
  /// The first cell of `sql`, read the way any other program would read the file.
  std::string plain_sqlite(const std::string& sql) {
    sqlite3* handle = nullptr;
    std::string answer = "no answer";
    if (sqlite3_open(database().c_str(), &handle) == SQLITE_OK) {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
          sqlite3_step(statement) == SQLITE_ROW) {
        answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      }
      sqlite3_finalize(statement);
    }
    sqlite3_close(handle);
    return answer;
  }
};

// Catches: a run that counts as finished before all of it is on disk, a finished run that is repeated, rows
// of a dead process left `running`, a database torn by the kill.
TEST_F(Kill, TenKillsAtRandomMomentsLoseAndRepeatNoFinishedRun) {
  const std::vector<std::string> command = {
      "run", RNNBENCH_SOURCE_DIR "/experiments/quick.toml", "--seeds", "1..4", "--set", "training.epochs=3"};
  std::mt19937 random(testing::UnitTest::GetInstance()->random_seed() + static_cast<unsigned>(::getpid()));
  std::uniform_int_distribution<int> milliseconds(20, 1500);
  long finished_before = 0;
  for (int kill = 0; kill < 10; ++kill) {
    const int delay = milliseconds(random);
    program_.start(command);
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    program_.send(SIGKILL);
    program_.wait();
    if (!std::filesystem::exists(database())) continue;
    ASSERT_EQ(plain_sqlite("PRAGMA integrity_check"), "ok") << "kill " << kill << " after " << delay << " ms";
    const std::string count = plain_sqlite("SELECT count(*) FROM runs WHERE status = 'finished'");
    if (count == "no answer") continue;  // killed before the tables were made
    ASSERT_GE(std::stol(count), finished_before) << "a finished run is gone";
    finished_before = std::stol(count);
  }
  const ProgramResult last = program_.run(command);
  ASSERT_EQ(last.exit_code, 0) << last.err;
  EXPECT_EQ(plain_sqlite("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM pragma_foreign_key_check"), "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM (SELECT DISTINCT trial_id, seed FROM runs "
                         "WHERE status IN ('finished', 'skipped'))"),
            "40");
  EXPECT_GE(std::stol(plain_sqlite("SELECT count(*) FROM runs WHERE status = 'finished'")), 8);
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM (SELECT 1 FROM runs WHERE status = 'finished' "
                         "GROUP BY trial_id, seed HAVING count(*) > 1)"),
            "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM runs WHERE status = 'running'"), "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM run_summary WHERE status = 'finished' AND epochs <> 3"), "0");
}

}  // namespace
}  // namespace rnnbench
