#include "harness/core/file_lock.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

TEST(FileLock, IsHeldByOneAtATime) {
  const TemporaryFolder folder;
  auto first = std::make_unique<FileLock>(folder.path() / "lock");
  EXPECT_TRUE(first->is_held());
  EXPECT_FALSE(FileLock(folder.path() / "lock", FileLock::Waiting::kNot).is_held());
  first.reset();
  EXPECT_TRUE(FileLock(folder.path() / "lock", FileLock::Waiting::kNot).is_held());
}

TEST(FileLock, SaysThatItsFolderIsNotThere) {
  EXPECT_THROW(FileLock("/no/such/folder/lock"), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
