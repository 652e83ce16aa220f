#include "results/query/plain_text.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(PlainText, MakesActingCharactersVisible) {
  EXPECT_EQ(visible_text("a\x1B[2J\nb\tc\rd\x07"), "a\\x1b[2J\\nb\\tc\\rd\\x07");
  EXPECT_EQ(visible_text("\xC2\x9B"), "\\x9b") << "C1 control sequence introducer";
  EXPECT_EQ(visible_text("a\u202Eb\u200Bc\u2028d"), "a\\u202eb\\u200bc\\u2028d");
  EXPECT_EQ(visible_text(std::string_view("\0", 1)), "\\x00");
}

TEST(PlainText, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(visible_text("a\xFF\xC3"), "a\\xff\\xc3");
  EXPECT_EQ(visible_text("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
  EXPECT_EQ(visible_text("\xC0\x8A"), "\\xc0\\x8a") << "an overlong line end";
}

TEST(PlainText, LeavesOtherTextsAlone) { EXPECT_EQ(visible_text("naïve 評論 🎬 é"), "naïve 評論 🎬 é"); }

TEST(PlainText, CountsColumns) {
  EXPECT_EQ(display_width("naïve"), 5U);
  EXPECT_EQ(display_width("評論"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U) << "a combining accent";
  EXPECT_EQ(display_width(""), 0U);
}

TEST(PlainText, CutsAtColumns) {
  EXPECT_EQ(cut_to_width("abcdef", 6), "abcdef");
  EXPECT_EQ(cut_to_width("abcdefg", 6), "abcde…");
  EXPECT_EQ(cut_to_width("評論評論", 4), "評…");
  EXPECT_EQ(cut_to_width("éééé", 4), "éééé");
}

}  // namespace
}  // namespace rnnbench
