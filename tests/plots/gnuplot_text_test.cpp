#include "plots/gnuplot_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {
using testing::ElementsAre;

TEST(GnuplotText, WhatCouldMeanSomethingIsOctal) {
  EXPECT_EQ(gnuplot_quoted("eigen rnn, n = 3"), "\"eigen rnn, n = 3\"");
  EXPECT_EQ(gnuplot_quoted("'a\"`\\@$%"), R"("\047a\042\140\134\100\044\045")");
  EXPECT_EQ(gnuplot_quoted("a\n!b\r\tc"), R"("a\134n\041b\134r\134tc")");
  EXPECT_EQ(gnuplot_quoted(std::string_view("a\0b", 3)), R"("a\134x00b")");
  EXPECT_EQ(gnuplot_quoted("é"), "\"é\"");
  EXPECT_EQ(gnuplot_tick_quoted("50 %s"), R"("50 \045\045s")");
}

TEST(GnuplotText, BytesThatAreNoUtf8AreShown) {
  EXPECT_EQ(gnuplot_quoted("\xff"), R"("\134xff")");
  EXPECT_EQ(gnuplot_quoted("\xc0\xaf"), R"("\134xc0\134xaf")");  // an overlong slash
}

TEST(GnuplotText, ShortensAtCharacters) {
  EXPECT_EQ(shortened("äöü", 3), "äöü");
  EXPECT_EQ(shortened("äöüß", 3), "äö…");
}

TEST(GnuplotText, WrapsAtBlanks) {
  EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("a unbreakable", 6), ElementsAre("a", "unbre…"));
  EXPECT_THAT(wrapped("", 6), ElementsAre());
}

}  // namespace
}  // namespace rnnbench
