#include "results/query/number_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace rnnbench {
namespace {

TEST(NumberText, ShortNumbersHaveSixDigits) {
  EXPECT_EQ(short_number(0.8612999916), "0.8613");
  EXPECT_EQ(short_number(1.0 / 3), "0.333333");
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(1234567), "1234567");
  EXPECT_EQ(short_number(1e-9), "1e-09");
  EXPECT_EQ(short_number(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(NumberText, ExactNumbersComeBack) {
  for (const double value : {1.0 / 3, 0.1, 0.8613, 1e-300, 1e300, 123456789.0, 16777217.0, 5e-324, 2.5,
                             123456792.0, 1e22, 0.30000000000000004}) {
    EXPECT_EQ(std::strtod(exact_number(value).c_str(), nullptr), value) << exact_number(value);
  }
}

TEST(NumberText, SinglePrecisionIsWrittenAsSuch) {
  EXPECT_EQ(exact_number(0.8613F), "0.8613");
  EXPECT_EQ(exact_number(0.8613), "0.8613");
  EXPECT_EQ(std::stof(exact_number(1.0F / 3)), 1.0F / 3);
}

TEST(NumberText, NonFiniteNumbersHaveNames) {
  EXPECT_EQ(exact_number(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(exact_number(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(exact_number(std::nan("")), "NaN");
}

}  // namespace
}  // namespace rnnbench
