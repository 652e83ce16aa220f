#include "results/store/backup.hpp"

#include <atomic>
#include <thread>

#include "harness/core/files.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/past_schemas.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class BackupTest : public StoreTest {
 protected:
  const fs::path copy_ = folder_ / "copies" / "copy.db";
};

TEST_F(BackupTest, HoldsWhatTheDatabaseHolds) {
  {
    Store store(path_);
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, an_epoch(1));
    store.end_run(run, an_end());
  }
  const std::int64_t bytes = back_up(path_, copy_);
  EXPECT_EQ(bytes, static_cast<std::int64_t>(fs::file_size(copy_)));
  EXPECT_EQ(rows_of(copy_), rows_of(path_));
  EXPECT_EQ(Store(copy_).finished_runs(), Store(path_).finished_runs());
}

TEST_F(BackupTest, ReplacesNothing) {
  Store(path_).begin_run(a_start());
  write_file_atomically(copy_, "precious");
  EXPECT_THAT(message_of<EnvironmentError>([&] { back_up(path_, copy_); }), HasSubstr("exists already"));
  EXPECT_THAT(message_of<EnvironmentError>([&] { back_up(path_, path_); }), HasSubstr("exists already"));
  EXPECT_EQ(read_file(copy_), "precious");
}

// Each copy is one moment: a run and its epoch are one transaction here, so none is without the other.
TEST_F(BackupTest, IsOfOneMomentWhileAWriterIsAtWork) {
  Store(path_).begin_run(a_start(1000));
  std::atomic<bool> is_over = false;
  std::jthread writer([&] {
    Store store(path_);
    for (std::uint64_t seed = 1; !is_over; ++seed) {
      store.together([&] { store.epoch_finished(store.begin_run(a_start(seed)), an_epoch(1)); });
    }
  });
  for (int i = 0; i < 10; ++i) {
    const fs::path copy = folder_ / ("copy" + std::to_string(i) + ".db");
    back_up(path_, copy);
    EXPECT_EQ(scalar(copy, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(scalar(copy, "SELECT count(*) FROM runs WHERE epochs <> 1"), "1");
  }
  is_over = true;
}

TEST_F(BackupTest, KeepsAnOlderSchema) {
  make_past_database(path_, 2);
  back_up(path_, copy_);
  EXPECT_EQ(scalar(copy_, "PRAGMA user_version"), "2");
  EXPECT_EQ(scalar(copy_, "PRAGMA application_id"), std::to_string(kApplicationId));
  EXPECT_EQ(rows_of(copy_), rows_of(path_));
}

TEST_F(BackupTest, LeavesNothingOfADamagedDatabase) {
  {
    Store store(path_);
    for (std::uint64_t seed = 1; seed < 200; ++seed)
      store.epoch_finished(store.begin_run(a_start(seed)), an_epoch(1));
  }
  std::string content = read_file(path_);
  content.replace(content.size() / 2, 8192, 8192, '\x5A');
  write_file_atomically(path_, content);
  EXPECT_THAT(message_of<StoreError>([&] { back_up(path_, copy_); }), HasSubstr("rnnbench check"));
  EXPECT_FALSE(fs::exists(copy_.parent_path()) && !fs::is_empty(copy_.parent_path()));
}

}  // namespace
}  // namespace rnnbench
