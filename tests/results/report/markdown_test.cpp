#include "results/report/markdown.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(Markdown, TextCanNotBecomeMarkup) {
  EXPECT_EQ(markdown_text("plain words, 5,000 (x)"), "plain words, 5,000 (x)");
  EXPECT_EQ(markdown_text("a|b"), "a\\|b");
  EXPECT_EQ(markdown_text("<script>&amp;"), "&lt;script&gt;&amp;amp;");
  EXPECT_EQ(markdown_text("![x](y) `z` *b* _i_"), "\\!\\[x\\](y) \\`z\\` \\*b\\* \\_i\\_");
  EXPECT_EQ(markdown_text("two\n# lines"), "two \\# lines");
  EXPECT_EQ(markdown_text("\xff\x1b"), "\\\\xff\\\\x1b");
}

TEST(MarkdownWords, KeepsCommandsBetweenBackticksAsCode) {
  EXPECT_EQ(markdown_words("a_b: `rnnbench parity FILE <x>`, *then* `c\x1b`"),
            "a\\_b\\: `rnnbench parity FILE <x>`, \\*then\\* `c\\x1b`");
  EXPECT_EQ(markdown_words("one ` alone"), "one \\` alone");
  EXPECT_EQ(markdown_words("``` `a`"), "\\`\\`\\` \\`a\\`") << "nothing is between two";
}

TEST(Markdown, CodeCanNotCloseItsFence) {
  EXPECT_EQ(markdown_code("a = 1", "toml"), "```toml\na = 1\n```\n");
  EXPECT_EQ(markdown_code("x\n````\ny\n", ""), "`````\nx\n````\ny\n`````\n");
}

TEST(Markdown, TablesAlignNumbers) {
  MarkdownTable table({"name", "n"}, 1);
  table.add({"a", "3"});
  EXPECT_EQ(table.text(), "| name | n |\n|---|---:|\n| a | 3 |\n");
}

}  // namespace
}  // namespace rnnbench
