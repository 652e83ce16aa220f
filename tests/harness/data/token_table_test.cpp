#include "harness/data/token_table.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace rnnbench {
namespace {

TEST(TokenTable, NumbersInTheOrderFirstSeen) {
  TokenTable table;
  EXPECT_EQ(table.intern("b"), 0U);
  EXPECT_EQ(table.intern("a"), 1U);
  EXPECT_EQ(table.intern("b"), 0U);
  EXPECT_EQ(table.size(), 2U);
  EXPECT_EQ(table[1], "a");
}

TEST(TokenTable, KeepsNumbersAndCopiesWhileItGrows) {
  TokenTable table;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 50'000; ++i) ASSERT_EQ(table.intern(fmt::format("token{}", i)), i);
  }
  for (std::uint32_t i = 0; i < table.size(); ++i) ASSERT_EQ(table[i], fmt::format("token{}", i));
}

TEST(TokenTable, TakesAnyBytes) {
  using namespace std::string_literals;
  TokenTable table;
  const std::string large(1'000'000, 'x');
  EXPECT_EQ(table.intern(large), 0U);
  EXPECT_EQ(table.intern("a\0b"s), 1U);
  EXPECT_EQ(table.intern("a\0c"s), 2U);
  EXPECT_EQ(table.intern(""), 3U);
  EXPECT_EQ(table.intern("\xFF"), 4U);
  EXPECT_EQ(table.intern(large), 0U);
  EXPECT_EQ(table[0], large);
}

}  // namespace
}  // namespace rnnbench
