#include "harness/measure/memory_limit.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

class MemoryLimit : public testing::Test {
 protected:
  double limit(const std::string& membership) const {
    return memory_limit(1000, folder_.write("membership", membership), folder_.path() / "groups");
  }
  TemporaryFolder folder_;
};

TEST_F(MemoryLimit, IsTheMachinesWithoutGroups) {
  EXPECT_EQ(limit(""), 1000);
  EXPECT_EQ(memory_limit(1000, "/nowhere/at/all", "/nowhere"), 1000);
  EXPECT_EQ(limit("no colons\n0::/nowhere\n"), 1000);
}

TEST_F(MemoryLimit, IsTheLowestOfAGroupAndThoseAboveIt) {
  folder_.write("groups/a/b/memory.max", "max\n");
  folder_.write("groups/a/memory.max", "300\n");
  folder_.write("groups/memory.max", "400\n");
  EXPECT_EQ(limit("0::/a/b\n"), 300);
  EXPECT_EQ(limit("0::/\n"), 400);
  folder_.write("groups/a/b/memory.max", "200\n");
  EXPECT_EQ(limit("0::/a/b\n"), 200);
}

// Version 1 writes a huge number where there is no limit, and a container may not see its own group's folder.
TEST_F(MemoryLimit, ReadsVersionOne) {
  folder_.write("groups/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(limit("5:devices:/x\n4:memory:/x/y\n"), 1000);
  folder_.write("groups/memory/x/memory.limit_in_bytes", "600\n");
  EXPECT_EQ(limit("4:cpu,memory:/x/y\n"), 600);
  EXPECT_EQ(limit("4:cpu:/x/y\n"), 1000);
}

TEST(MemoryLimitOfThisMachine, IsPositive) { EXPECT_GT(memory_limit(), 1 << 20); }

}  // namespace
}  // namespace rnnbench
