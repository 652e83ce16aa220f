#include "harness/core/records.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

// Stored in databases: they never change.
TEST(Records, NameTheStatusesAsStored) {
  EXPECT_STREQ(name_of(RunStatus::kRunning), "running");
  EXPECT_STREQ(name_of(RunStatus::kFinished), "finished");
  EXPECT_STREQ(name_of(RunStatus::kFailed), "failed");
  EXPECT_STREQ(name_of(RunStatus::kInterrupted), "interrupted");
  EXPECT_STREQ(name_of(RunStatus::kSkipped), "skipped");
}

}  // namespace
}  // namespace rnnbench
