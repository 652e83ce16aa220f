// Catches: a page that lets a script through, tables that stay text.
#include "results/report/html_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HtmlPage, RendersTablesAndHeadings) {
  const std::string page = html_page("T", "# One\n\n| a | b |\n|---|---:|\n| 1 | 2 |\n");
  EXPECT_THAT(page, HasSubstr("<h1>One</h1>"));
  EXPECT_THAT(page, HasSubstr("<td>1</td>"));
  EXPECT_THAT(page, HasSubstr("<title>T</title>"));
}

TEST(HtmlPage, ShowsHtmlAsText) {
  const std::string page =
      html_page("</title><script>", "a <script>alert(1)</script>\n\n<img src=x onerror=y>\n");
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(HtmlPage, LoadsNothing) { EXPECT_THAT(html_page("T", "text"), Not(HasSubstr("http"))); }

}  // namespace
}  // namespace rnnbench
