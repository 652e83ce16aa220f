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
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, HasSubstr("<title>&lt;/title&gt;&lt;script&gt;</title>"));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(HtmlPage, DrawsImagesOfItsOwnWithNamesThatDontClash) {
  const std::string svg = "<?xml?><svg width=\"1\"><g id='p'/><use href='#p'/></svg>";
  const std::string page =
      html_page("T", "![one](a.png)\n\n![two](b.png)\n\n![three](c.png)\n", {{"a.png", svg}, {"b.png", svg}});
  EXPECT_THAT(
      page,
      HasSubstr("<svg role=\"img\" aria-label=\"one\"  width=\"1\"><g id='d1-p'/><use href='#d1-p'/></svg>"));
  EXPECT_THAT(page, HasSubstr("aria-label=\"two\"  width=\"1\"><g id='d2-p'/><use href='#d2-p'/></svg>"));
  EXPECT_THAT(page, HasSubstr("<img src=\"c.png\" alt=\"three\">"));
  EXPECT_THAT(page, Not(HasSubstr("<?xml")));
}

TEST(HtmlPage, ItsTablesAreSortedInThePage) {
  const std::string page = html_page("T", "| a |\n|---|\n| 1 |\n");
  EXPECT_THAT(page, HasSubstr("<table class=\"sortable\">"));
  EXPECT_THAT(page, HasSubstr("function sortBy("));
}

TEST(HtmlPage, LoadsNothing) { EXPECT_THAT(html_page("T", "text"), Not(HasSubstr("http"))); }

}  // namespace
}  // namespace rnnbench
