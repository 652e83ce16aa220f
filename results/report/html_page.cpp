#include "results/report/html_page.hpp"

#include <fmt/format.h>
#include <md4c-html.h>

#include "harness/core/error.hpp"
#include "results/report/embedded_file.hpp"

namespace rnnbench {
namespace {

constexpr const char* kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}\n"
    "h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}\n"
    "table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.9rem}\n"
    "th,td{padding:.25rem .6rem;border:1px solid #ccc;text-align:left;font-variant-numeric:tabular-nums}\n"
    "th{background:#f2f2f2}.sortable "
    "th{cursor:pointer}img,svg{max-width:100%;height:auto}code,pre{font-size:.9rem;background:#f6f6f6}pre{"
    "padding:.6rem;"
    "overflow-x:auto}\n"
    "@media "
    "print{body{max-width:none;margin:0}table{display:table}svg,table{break-inside:avoid}pre{white-space:pre-"
    "wrap}}\n"
    "@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}th{background:#262a30}"
    "th,td,h2{border-color:#444}code,pre{background:#22252a}a{color:#7ab7ff}}\n";

void append(const MD_CHAR* text, MD_SIZE size, void* to) {
  static_cast<std::string*>(to)->append(text, size);
}

void replace_all(std::string& text, std::string_view old, const std::string& with) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + with.size()))
    text.replace(at, old.size(), with);
}

std::string sortable(std::string html) {
  replace_all(html, "<table>", "<table class=\"sortable\">");
  return html;
}

/// The drawing alone, with names that no other one on the page has.
std::string inline_svg(std::string svg, const std::string& prefix, const std::string& described) {
  svg.erase(0, svg.find("<svg"));
  for (const char* name : {"id=\"", "id='", "href='#", "href=\"#", "url(#"})
    replace_all(svg, name, name + prefix);
  return fmt::format("<svg role=\"img\" aria-label=\"{}\" {}", described, svg.substr(4));
}

/// The value of an attribute of the tag that begins at `tag`; "" where it has none.
std::string attribute(const std::string& html, std::size_t tag, const std::string& name) {
  const std::size_t begin = html.find(name + "=\"", tag), end = html.find('>', tag);
  if (begin == std::string::npos || begin > end) return "";
  const std::size_t from = begin + name.size() + 2;
  return html.substr(from, html.find('"', from) - from);
}

std::string with_drawings(std::string html, const std::map<std::string, std::string>& svgs) {
  int drawings = 0;
  for (std::size_t tag = html.find("<img "); tag != std::string::npos; tag = html.find("<img ", tag + 1)) {
    const auto found = svgs.find(attribute(html, tag, "src"));
    if (found == svgs.end()) continue;
    const std::string drawing =
        inline_svg(found->second, fmt::format("d{}-", ++drawings), attribute(html, tag, "alt"));
    html.replace(tag, html.find('>', tag) + 1 - tag, drawing);
  }
  return html;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string html;
  for (const char character : text) {
    switch (character) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += character;
    }
  }
  return html;
}

std::string html_of_markdown(std::string_view markdown) {
  std::string body;
  constexpr unsigned kParser = MD_FLAG_TABLES | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS;
  if (md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), append, &body, kParser, 0) != 0) {
    throw EnvironmentError("a page could not be turned into HTML for want of memory");
  }
  return body;
}

std::string html_page(std::string_view title, std::string_view markdown,
                      const std::map<std::string, std::string>& svgs) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n"
      "<body>\n{}<script>\n{}</script>\n</body>\n</html>\n",
      html_text(title), kStyle, with_drawings(sortable(html_of_markdown(markdown)), svgs),
      report_files()[0].text);
}

}  // namespace rnnbench
