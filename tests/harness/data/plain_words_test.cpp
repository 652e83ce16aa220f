#include "harness/data/plain_words.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(PlainWords, AreRunsOfLettersDigitsAndApostrophes) {
  EXPECT_EQ(count_plain_words("It's a 10/10, <br />twice!"), 6U);  // It's a 10 10 br twice
  EXPECT_EQ(count_plain_words(""), 0U);
  EXPECT_EQ(count_plain_words("  "), 0U);
  EXPECT_EQ(count_plain_words("end"), 1U);
  EXPECT_EQ(count_plain_words("caf\xC3\xA9 s"), 2U);
}

}  // namespace
}  // namespace rnnbench
