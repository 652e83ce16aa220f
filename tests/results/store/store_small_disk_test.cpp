#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>
#include <fstream>

#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

/// A disk of 2 MB, mounted for this process alone.
class SmallDiskTest : public StoreTest {
 protected:
  void SetUp() override {
    fs::create_directories(disk_);
    if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=2m") != 0) {
      GTEST_SKIP() << "mounting a small disk isn't allowed here: " << std::strerror(errno);
    }
    is_mounted_ = true;
  }
  void TearDown() override {
    if (is_mounted_) umount2(disk_.c_str(), MNT_DETACH);
  }

  const fs::path disk_ = folder_ / "disk";
  const fs::path database_ = disk_ / "results.db";
  bool is_mounted_ = false;
};

EpochRecord a_large_epoch(int epoch) {
  EpochRecord record = an_epoch(epoch);
  record.timings.front().samples_ns.assign(5'000, epoch);
  return record;
}

/// Records epochs from `first` on until the store refuses one: that one, and why.
std::pair<int, std::string> record_until_refused(Store& store, RunId run, int first) {
  for (int epoch = first; epoch < first + 1000; ++epoch) {
    try {
      store.epoch_finished(run, a_large_epoch(epoch));
    } catch (const StoreError& error) {
      return {epoch, error.what()};
    }
  }
  return {-1, "never"};
}

TEST_F(SmallDiskTest, AFullDiskStopsTheRunWithWhatWasRecordedAndItGoesOnOnceThereIsSpace) {
  std::ofstream(disk_ / "ballast") << std::string(1'000'000, 'x');
  Store store(database_);
  const RunId run = store.begin_run(a_start());
  const auto [refused, reason] = record_until_refused(store, run, 1);
  EXPECT_GT(refused, 1);
  EXPECT_THAT(reason, AllOf(HasSubstr(database_.string()),
                            AnyOf(HasSubstr("is full"), HasSubstr("nor a quota is full")),
                            HasSubstr("what was recorded before is kept")));
  EXPECT_EQ(scalar(database_, "SELECT max(epoch) FROM metrics"), std::to_string(refused - 1));
  EXPECT_EQ(scalar(database_, "PRAGMA integrity_check"), "ok");

  fs::remove(disk_ / "ballast");
  store.epoch_finished(run, a_large_epoch(refused));
  store.end_run(run, an_end());
  EXPECT_EQ(scalar(database_, "SELECT status||epochs FROM runs"), "finished" + std::to_string(refused));
  EXPECT_EQ(scalar(database_, "PRAGMA integrity_check"), "ok");
}

TEST_F(SmallDiskTest, ANewProcessGoesOnOnceThereIsSpace) {
  std::ofstream(disk_ / "ballast") << std::string(1'000'000, 'x');
  const pid_t child = fork();
  if (child == 0) {
    Store store(database_);
    const int refused = record_until_refused(store, store.begin_run(a_start()), 1).first;
    _exit(refused > 1 ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_EQ(WEXITSTATUS(status), 0);
  fs::remove(disk_ / "ballast");
  Store store(database_);
  EXPECT_EQ(store.recover_stale_runs(), 1);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, a_large_epoch(1));
  store.end_run(run, an_end());
  EXPECT_EQ(scalar(database_, "SELECT group_concat(status) FROM (SELECT status FROM runs ORDER BY id)"),
            "interrupted,finished");
  EXPECT_EQ(scalar(database_, "PRAGMA integrity_check"), "ok");
}

TEST_F(SmallDiskTest, ADiskThatBecameReadOnlyStopsTheRun) {
  Store(database_).begin_run(a_start());
  ASSERT_EQ(mount(nullptr, disk_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
  EXPECT_THAT(message_of<StoreError>([&] { Store(database_).begin_run(a_start(2)); }),
              AllOf(HasSubstr(database_.string()),
                    AnyOf(HasSubstr("read-only"), HasSubstr("can't be opened or written"))));
  ASSERT_EQ(mount(nullptr, disk_.c_str(), nullptr, MS_REMOUNT, nullptr), 0);
  Store(database_).begin_run(a_start(2));
  EXPECT_EQ(scalar(database_, "SELECT count(*) FROM runs"), "2");
}

// A limit on the size of files fails as a quota does, and needs no right to set one.
TEST_F(StoreTest, ARunGoesOnOnceTheQuotaIsRaised) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{400'000, 100'000'000}, wide{100'000'000, 100'000'000};
    Store store(path_);
    const RunId run = store.begin_run(a_start());
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto [refused, reason] = record_until_refused(store, run, 1);
    if (refused <= 1 || reason.find("quota") == std::string::npos) _exit(1);
    setrlimit(RLIMIT_FSIZE, &wide);
    store.epoch_finished(run, a_large_epoch(refused));
    store.end_run(run, an_end());
    _exit(scalar(path_, "SELECT epochs FROM runs") == std::to_string(refused) ? 0 : 2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(scalar(path_, "SELECT status FROM runs"), "finished");
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace rnnbench
