#include "results/exchange/decimal.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace rnnbench {
namespace {

TEST(Decimal, IsTheSameHoweverItIsWritten) {
  for (const auto& [left, right] : {std::pair{"1e-3", "0.001"},
                                    {"0012", "12.0"},
                                    {"1E+22", "10000000000000000000000"},
                                    {"-0.50", "-5e-1"},
                                    {"0", "-0.0"},
                                    {"0e99999999999999999999", "0"},
                                    {"123456789012345678901234567890", "12345678901234567890123456789e1"}}) {
    EXPECT_TRUE(is_same_number(left, right)) << left << " and " << right;
  }
}

// Catches: digits that a double doesn't have.
TEST(Decimal, TellsEveryDigitApart) {
  for (const auto& [left, right] : {std::pair{"99999999999999999999999", "99999999999999999999998"},
                                    {"1.0", "1.00000000000000000001"},
                                    {"0.1", "0.1000000000000000055511151231257827"},
                                    {"1e-400", "0.0"},
                                    {"1", "-1"},
                                    {"1e2147483647", "1e-2147483647"},
                                    {"1", "10"}}) {
    EXPECT_FALSE(is_same_number(left, right)) << left << " and " << right;
  }
}

TEST(Decimal, KnowsWhatIsNone) {
  for (const char* text : {"", " 5", "5\n", "+5", "five", "1e", "1e5x", "e5", "1.2.3",
                           "1e99999999999999999999", "0x10", "1_000", "-"}) {
    EXPECT_FALSE(is_same_number(text, text)) << text;
  }
}

}  // namespace
}  // namespace rnnbench
