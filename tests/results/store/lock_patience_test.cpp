#include "results/store/lock_patience.hpp"

#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <thread>

#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class LockPatienceTest : public StoreTest {
 protected:
  LockPatienceTest() { execute(path_, "CREATE TABLE t (a)"); }
  /// How long it takes to get the lock, or to give up.
  milliseconds wait(milliseconds limit, bool& is_got) {
    LockPatience patience(limit);
    SQLite::Database database(path_.string(), SQLite::OPEN_READWRITE);
    patience.install(database.getHandle());
    const auto begin = steady_clock::now();
    is_got = database.tryExec("BEGIN IMMEDIATE") == SQLITE_OK;
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin);
  }

  SQLite::Database other_{path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
};

// Who has waited long asks more often, not less.
TEST(LockPatience, PausesShrinkWithTheWait) {
  EXPECT_GT(LockPatience::pause_after(milliseconds(100)), LockPatience::pause_after(milliseconds(2000)));
  EXPECT_GT(LockPatience::pause_after(milliseconds(2000)), LockPatience::pause_after(milliseconds(10'000)));
  EXPECT_LE(LockPatience::pause_after(milliseconds(0)), milliseconds(1));
}

TEST_F(LockPatienceTest, GivesUpAfterItsLimit) {
  const SQLite::Transaction lock(other_, SQLite::TransactionBehavior::IMMEDIATE);
  bool is_got = true;
  const milliseconds waited = wait(milliseconds(50), is_got);
  EXPECT_FALSE(is_got);
  EXPECT_GE(waited, milliseconds(50));
}

TEST_F(LockPatienceTest, GetsTheLockOnceItIsFree) {
  other_.exec("BEGIN IMMEDIATE");
  std::jthread holder([&] {
    std::this_thread::sleep_for(milliseconds(60));
    other_.exec("COMMIT");
  });
  bool is_got = false;
  EXPECT_GE(wait(milliseconds(30'000), is_got), milliseconds(20));
  EXPECT_TRUE(is_got);
}

}  // namespace
}  // namespace rnnbench
