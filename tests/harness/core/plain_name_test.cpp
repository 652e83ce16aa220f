#include "harness/core/plain_name.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(PlainName, KeepsLettersDigitsAndTwoSigns) {
  EXPECT_EQ(plain_name("lstm-2_X", 100), "lstm-2_X");
  EXPECT_EQ(plain_name("../a b\n\xC3\xA9.db", 100), "___a_b____db");
  EXPECT_EQ(plain_name("abcdef", 3), "abc");
  EXPECT_EQ(plain_name("", 3), "");
}

}  // namespace
}  // namespace rnnbench
