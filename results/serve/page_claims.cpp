#include <fmt/format.h>

#include "results/report/html_page.hpp"
#include "results/report/reproduction.hpp"
#include "results/serve/html.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {

WebResponse claims_page(const PageRequest& request) {
  const std::vector<ClaimData> claims = request.site.hooks.load_claims(request.database);
  if (claims.empty()) {
    return html_response(
        page_of("Claims", "/claims",
                "<p>No run of a published result yet. Run them: <code>./rnnbench reproduce</code></p>\n"));
  }
  TableView view;
  view.caption = "Each reported figure, what our runs gave, and the verdict";
  view.sorts_in_page = true;
  std::string html = html_table(verdict_table(claims), view);
  html +=
      "<figure><img src=\"/figures/reproduction.svg\" alt=\"Reported figures with their margins, our runs "
      "and "
      "verdicts\"></figure>\n";
  for (const ClaimData& claim : claims)
    html += fmt::format("<section>{}</section>\n", html_of_markdown(claim_section(claim)));
  for (const std::string& section : {footing_section(claims), costs_section(claims)}) {
    if (!section.empty()) html += fmt::format("<section>{}</section>\n", html_of_markdown(section));
  }
  return html_response(page_of("Published results, run again", "/claims", html));
}

}  // namespace rnnbench
