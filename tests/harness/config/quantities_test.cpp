#include "harness/config/quantities.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

TEST(Quantities, DurationsAreSumsOfTheirUnits) {
  EXPECT_EQ(parse_duration("90s", ""), 90);
  EXPECT_EQ(parse_duration("30m", ""), 1800);
  EXPECT_EQ(parse_duration("1h30m", ""), 5400);
  EXPECT_EQ(parse_duration("1.5h", ""), 5400);
  EXPECT_EQ(parse_duration("0.5s", ""), 0.5);
}

TEST(Quantities, SizesAreDecimal) {
  EXPECT_EQ(parse_bytes("800MB", ""), 8e8);
  EXPECT_EQ(parse_bytes("1.5GB", ""), 1.5e9);
}

class NoDuration : public testing::TestWithParam<const char*> {};

TEST_P(NoDuration, IsRefusedWithTheFormThatIsTaken) {
  try {
    parse_duration(GetParam(), "--time-limit");
    FAIL() << GetParam();
  } catch (const ConfigError& error) {
    EXPECT_EQ(std::string(error.what()), std::string("--time-limit: '") + GetParam() +
                                             "' is no duration; write it as 90s, 30m, 2h or 1h30m");
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, NoDuration,
                         testing::Values("", "90", "s", "m30", "1h1h", "30m1h", "-5s", "0s", "nan", "infs",
                                         "1e3s", "5 s", "5d", "1h30", "2hours", "0x10s"));

}  // namespace
}  // namespace rnnbench
