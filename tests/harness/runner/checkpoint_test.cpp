#include "harness/runner/checkpoint.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

class CheckpointFilesTest : public testing::Test {
 protected:
  std::size_t files() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(root_ / "files" / "checkpoints"))
      ++count;
    return count;
  }
  TemporaryFolder folder_;
  fs::path root_ = folder_.path();
  CheckpointFiles checkpoints_{root_, "files"};
  Checkpoint some_{{{"a", {{2}, {0.1F, -0.0F}}}, {"optimizer.step", {{1}, {3}}}},
                   std::string("\0\x7f\x80\xff", 4),
                   {{"a", {{2}, {0.25F, 1e-40F}}}}};
};

TEST_F(CheckpointFilesTest, ComesBackBitForBit) {
  const Checkpoint back = checkpoints_.read(checkpoints_.write(3, 7, some_));
  EXPECT_EQ(back.state.at("a").values, some_.state.at("a").values);
  EXPECT_TRUE(std::signbit(back.state.at("a").values[1]));
  EXPECT_EQ(back.state.at("a").shape, some_.state.at("a").shape);
  EXPECT_EQ(back.state.at("optimizer.step").values, some_.state.at("optimizer.step").values);
  EXPECT_EQ(back.best.at("a").values, some_.best.at("a").values);
  EXPECT_EQ(back.random, some_.random);
  EXPECT_EQ(back.state.size() + back.best.size(), 3U);
}

TEST_F(CheckpointFilesTest, DamageAndLossAreFound) {
  const CheckpointRecord record = checkpoints_.write(3, 7, some_);
  const fs::path file = root_ / record.path;
  std::string bytes = read_file(file);
  bytes.back() ^= 1;
  write_file_atomically(file, bytes);
  EXPECT_THROW(checkpoints_.read(record), EnvironmentError);
  fs::remove(file);
  EXPECT_THROW(checkpoints_.read(record), EnvironmentError);
}

TEST_F(CheckpointFilesTest, RemovesTheOlderOnesOfTheRunAlone) {
  checkpoints_.remove_all(1);  // before there is a folder
  checkpoints_.write(1, 1, some_);
  checkpoints_.write(1, 2, some_);
  const CheckpointRecord newest = checkpoints_.write(1, 11, some_);
  const CheckpointRecord other = checkpoints_.write(11, 1, some_);
  checkpoints_.remove_all_but(1, 11);
  EXPECT_EQ(files(), 2U);
  EXPECT_NO_THROW(checkpoints_.read(newest));
  checkpoints_.remove_all(1);
  EXPECT_EQ(files(), 1U);
  EXPECT_NO_THROW(checkpoints_.read(other));
}

}  // namespace
}  // namespace rnnbench
