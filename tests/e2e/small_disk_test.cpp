// A disk that is full, read-only or under a quota, seen by who runs a matrix: it stops with what was recorded
// and one message, and the same command goes on to what an undisturbed matrix gives.
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>

#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

constexpr int kEpochs = 30;

class DiskTrouble : public ProgramTest {
 protected:
  DiskTrouble() {
    program_.environment["RNNBENCH_CHECKPOINT_SECONDS"] = "0";
    program_.write("small.toml", small_experiment());
    fs::create_directories(disk_);
  }
  ~DiskTrouble() override {
    if (is_mounted_) umount2(disk_.c_str(), MNT_DETACH);
  }

  /// Mounts a disk of 16 MB for this process and what it starts; why that isn't possible, or "".
  std::string mount_disk() {
    if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=16m") != 0) {
      return std::string("mounting a small disk isn't allowed here: ") + std::strerror(errno);
    }
    is_mounted_ = true;
    return "";
  }

  static std::vector<std::string> command(const std::string& database, const std::string& workers = "1") {
    return {"run",       "small.toml", "--db",
            database,    "--set",      "training.epochs=" + std::to_string(kEpochs),
            "--workers", workers};
  }

  int epochs() const {
    const std::string sql = "SELECT count(*) FROM metrics WHERE name = 'loss' AND split = 'train'";
    return std::atoi(first_cell(database_, sql).c_str());
  }

  /// Starts the matrix and returns in the middle of its second run.
  void start_and_wait(const std::string& workers = "1") {
    program_.start(command("disk/results.db", workers));
    while (program_.is_running() && epochs() < kEpochs * 5 / 4)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  void fill_disk() const {
    std::ofstream ballast(disk_ / "ballast");
    const std::string block(4096, 'x');
    while (ballast << block << std::flush) {
    }
  }

  /// What is left is done by the same command, to the same results as in one go.
  void expect_to_go_on() {
    const ProgramResult rest = program_.run(command("disk/results.db"));
    EXPECT_EQ(rest.exit_code, 0) << rest.err;
    const ProgramResult whole = program_.run(command("whole.db"));
    ASSERT_EQ(whole.exit_code, 0) << whole.err;
    expect_same_results(database_, program_.folder() / "whole.db");
    EXPECT_EQ(first_cell(database_, "SELECT count(*) FROM runs WHERE status = 'finished'"), "4");
    EXPECT_EQ(first_cell(database_, "SELECT count(*) FROM runs WHERE status = 'running'"), "0");
    EXPECT_EQ(first_cell(database_, "SELECT count(*) FROM checkpoints"), "0");
    EXPECT_EQ(first_cell(database_, "PRAGMA integrity_check"), "ok");
  }

  static std::string last_line(const std::string& text) {
    return text.substr(text.rfind('\n', text.size() - 2) + 1);
  }

  static int count_of(const std::string& word, const std::string& text) {
    int count = 0;
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; ++at) ++count;
    return count;
  }

  const fs::path disk_ = program_.folder() / "disk";
  const fs::path database_ = disk_ / "results.db";
  bool is_mounted_ = false;
};

class FullDisk : public DiskTrouble, public testing::WithParamInterface<const char*> {};

TEST_P(FullDisk, StopsTheMatrixWithWhatWasRecordedAndItGoesOnOnceThereIsSpace) {
  if (const std::string why = mount_disk(); !why.empty()) GTEST_SKIP() << why;
  start_and_wait(GetParam());
  ASSERT_TRUE(program_.is_running()) << "the matrix ended before the disk was full";
  fill_disk();
  const ProgramResult stopped = program_.wait();
  EXPECT_EQ(stopped.exit_code, 3) << stopped.err;
  EXPECT_THAT(
      last_line(stopped.err),
      AllOf(HasSubstr("disk/results."), HasSubstr("free some space there and run the same command again")));
  EXPECT_EQ(count_of("rnnbench: ", stopped.err), 1) << stopped.err;
  EXPECT_EQ(first_cell(database_, "PRAGMA integrity_check"), "ok");
  EXPECT_GE(epochs(), kEpochs * 5 / 4) << "recorded epochs are gone";
  fs::remove(disk_ / "ballast");
  expect_to_go_on();
}

INSTANTIATE_TEST_SUITE_P(Workers, FullDisk, testing::Values("0", "1", "2"));

TEST_F(DiskTrouble, AReadOnlyDiskIsSaidAndTheMatrixGoesOnOnceItCanBeWritten) {
  if (const std::string why = mount_disk(); !why.empty()) GTEST_SKIP() << why;
  start_and_wait();
  program_.send(SIGINT);
  EXPECT_EQ(program_.wait().exit_code, 130);
  ASSERT_EQ(mount(nullptr, disk_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
  const ProgramResult refused = program_.run(command("disk/results.db"));
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("disk/results.db"), HasSubstr("read-only")));
  EXPECT_EQ(program_.run({"list", "--db", "disk/results.db"}).exit_code, 0) << "it can still be read";
  ASSERT_EQ(mount(nullptr, disk_.c_str(), nullptr, MS_REMOUNT, nullptr), 0);
  expect_to_go_on();
}

// A limit on the size of files, which needs no right to set one; a quota fails likewise.
TEST_F(DiskTrouble, ALimitOnFilesStopsTheMatrixAndItGoesOnOnceItIsRaised) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit tight{400'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const ProgramResult stopped = program_.run(command("disk/results.db"));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(stopped.exit_code, 3) << "signal " << stopped.signal << ": " << stopped.err;
  EXPECT_THAT(last_line(stopped.err), AllOf(HasSubstr("disk/results."), HasSubstr("ulimit -f"),
                                            HasSubstr("run the same command again")));
  EXPECT_EQ(count_of("rnnbench: ", stopped.err), 1) << stopped.err;
  EXPECT_EQ(first_cell(database_, "PRAGMA integrity_check"), "ok");
  EXPECT_GT(epochs(), 0);
  expect_to_go_on();
}

}  // namespace
}  // namespace rnnbench
