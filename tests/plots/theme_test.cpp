#include "plots/theme.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST(Theme, IsFoundByItsNames) {
  const Theme theme = theme_named("dark", "column");
  EXPECT_STREQ(theme.palette.name, "dark");
  EXPECT_STREQ(theme.sheet.name, "column");
  EXPECT_STREQ(Theme().palette.name, "light");
  EXPECT_STREQ(Theme().sheet.name, "page");
}

TEST(Theme, UnknownNamesHaveASuggestion) {
  EXPECT_THAT(message_of<ConfigError>([] { theme_named("drak", "page"); }), HasSubstr("dark"));
  EXPECT_THAT(message_of<ConfigError>([] { theme_named("light", "colunm"); }), HasSubstr("column"));
}

TEST(Theme, SplitsHaveColoursOfTheirOwn) {
  for (const Palette& palette : palettes()) {
    EXPECT_NE(split_colour(palette, "train"), split_colour(palette, "validation"));
    EXPECT_NE(split_colour(palette, "train"), split_colour(palette, "test"));
    EXPECT_NE(split_colour(palette, "validation"), split_colour(palette, "test"));
  }
}

TEST(HeatColour, GoesFromLowToHigh) {
  Palette palette;
  palette.low = "#000000";
  palette.high = "#ff8040";
  EXPECT_EQ(heat_colour(palette, 0), "#000000");
  EXPECT_EQ(heat_colour(palette, 0.5), "#804020");
  EXPECT_EQ(heat_colour(palette, 1), "#ff8040");
  EXPECT_EQ(heat_colour(palette, 7), "#ff8040");
}

TEST(TextOn, IsReadable) {
  EXPECT_EQ(text_on("#ffffff"), "#000000");
  EXPECT_EQ(text_on("#08407a"), "#ffffff");
  EXPECT_EQ(text_on("#56b4e9"), "#000000");
}

}  // namespace
}  // namespace rnnbench
