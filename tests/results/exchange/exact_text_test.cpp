#include "results/exchange/exact_text.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace rnnbench {
namespace {

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

double read_back(double value) {
  return std::get<double>(exact_value(exact_real(value), ColumnType::kReal).value());
}

// Catches: digits that only single precision needs, a lost sign of zero, a denormal that becomes zero.
TEST(ExactText, RealsReadBackAsTheSameBits) {
  using Limits = std::numeric_limits<double>;
  for (const double value :
       {0.0, -0.0, 0.1, 0.8613F * 1.0, 1e15, 1e16, 123456789012345678.0, Limits::denorm_min(),
        -Limits::min() / 3, Limits::max(), Limits::lowest(), Limits::infinity(), -Limits::infinity()}) {
    EXPECT_EQ(bits_of(read_back(value)), bits_of(value)) << value;
  }
  std::mt19937_64 random(1);
  for (int i = 0; i < 10'000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isnan(value)) {
      EXPECT_EQ(bits_of(read_back(value)), bits_of(value));
    }
  }
}

TEST(ExactText, RealsLookLikeReals) {
  EXPECT_EQ(exact_real(3), "3.0");
  EXPECT_EQ(exact_real(-0.0), "-0.0");
  EXPECT_EQ(exact_real(1e300), "1e+300");
  EXPECT_EQ(exact_real(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(ExactText, TextsReadBackWhateverTheyHold) {
  for (const std::string& text : {std::string("plain, \"雪\"\n"), std::string(""), std::string("\xFF\xC3"),
                                  std::string("a\0b", 3), std::string("base64:YQ==")}) {
    EXPECT_EQ(exact_value(exact_text(text), ColumnType::kText), TableCell(text));
  }
  EXPECT_EQ(exact_text("\xFF"), "base64:/w==");
  EXPECT_EQ(exact_text("plain"), "plain");
}

TEST(ExactText, RefusesOtherTypes) {
  for (const char* text : {"", "1 ", " 1", "1.5", "0x1", "+1", "9223372036854775808", "one"})
    EXPECT_EQ(exact_value(text, ColumnType::kInteger), std::nullopt) << text;
  for (const char* text : {"", "nan", "1,5", "1.5x", "0x1p3", "one"})
    EXPECT_EQ(exact_value(text, ColumnType::kReal), std::nullopt) << text;
  EXPECT_EQ(exact_value("\xFF", ColumnType::kText), std::nullopt);
  EXPECT_EQ(exact_value("base64:x", ColumnType::kText), std::nullopt);
  EXPECT_EQ(exact_value("x", ColumnType::kBlob), std::nullopt);
}

}  // namespace
}  // namespace rnnbench
