#include "harness/runner/shard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

TEST(ParseShard, ReadsThePartAndTheirNumber) {
  EXPECT_EQ(parse_shard("3/8", "--shard").index, 3);
  EXPECT_EQ(parse_shard("3/8", "--shard").count, 8);
  EXPECT_EQ(parse_shard("1/1", "--shard").count, 1);
}

TEST(ParseShard, RefusesAnythingElse) {
  for (const char* text : {"", "3", "/", "3/", "/8", "0/8", "9/8", "-1/8", "3/-8", "3/8/2", "3/8 ", " 3/8",
                           "a/b", "+1/2", "1.5/2", "1/100001", "99999999999/99999999999"}) {
    EXPECT_THAT(message_of<ConfigError>([&] { parse_shard(text, "--shard"); }),
                testing::HasSubstr("--shard '" + std::string(text) + "'"))
        << text;
  }
}

}  // namespace
}  // namespace rnnbench
