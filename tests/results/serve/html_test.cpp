#include "results/serve/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Escaped, NothingInATextIsMarkup) {
  EXPECT_EQ(escaped("<script>alert('a & \"b\"')</script>"),
            "&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;");
  EXPECT_EQ(escaped("\x1b[31m"), "\\x1b[31m");
}

TEST(EscapedLines, KeepsLineEnds) { EXPECT_EQ(escaped_lines("a<\n\nb"), "\na&lt;\n\nb"); }

TEST(Link, AnAddressStaysInItsAttribute) {
  EXPECT_EQ(link("/x\" onclick=\"y", "z"), "<a href=\"/x&quot; onclick=&quot;y\">z</a>");
}

TEST(HtmlTable, ShowsCellsByTheirKind) {
  const Table table{{"name", "value"},
                    {{std::string("<b>"), 0.123456789}, {std::monostate(), std::int64_t{7}}}};
  TableView view;
  view.caption = "A & B";
  const std::string html = html_table(table, view);
  EXPECT_THAT(html, HasSubstr("<caption>A &amp; B</caption>"));
  EXPECT_THAT(html, HasSubstr("<td>&lt;b&gt;</td><td class=\"number\">0.123457</td>"));
  EXPECT_THAT(html, HasSubstr("<td>–</td><td class=\"number\">7</td>"));
}

TEST(HtmlTable, SaysBywhichColumnItIsSorted) {
  TableView view;
  view.sort = [](const std::string& column) { return "/?sort=" + column; };
  view.sorted_by = "b:desc";
  const std::string html = html_table({{"a", "b"}, {}}, view);
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\"><a href=\"/?sort=a\">a</a></th>"));
  EXPECT_THAT(html, HasSubstr("aria-sort=\"descending\"><a href=\"/?sort=b\">b ▼</a>"));
}

TEST(PageOf, MarksWhereTheReaderIs) {
  const std::string html = page_of("A <title>", "/runs", "<p>x</p>");
  EXPECT_THAT(html, HasSubstr("<title>A &lt;title&gt; – rnnbench</title>"));
  EXPECT_THAT(html, HasSubstr("<a href=\"/runs\" aria-current=\"page\">Runs</a>"));
  EXPECT_THAT(html, Not(HasSubstr("style=")));
  EXPECT_THAT(html, Not(HasSubstr("onclick")));
}

}  // namespace
}  // namespace rnnbench
