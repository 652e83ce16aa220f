#include "results/report/html_page.hpp"

#include <fmt/format.h>
#include <md4c-html.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr const char* kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}\n"
    "h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #ccc}\n"
    "table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.9rem}\n"
    "th,td{padding:.25rem .6rem;border:1px solid #ccc;text-align:left;font-variant-numeric:tabular-nums}\n"
    "th{background:#f2f2f2}img{max-width:100%}code,pre{font-size:.9rem;background:#f6f6f6}pre{padding:.6rem;"
    "overflow-x:auto}\n"
    "@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}th{background:#262a30}"
    "th,td,h2{border-color:#444}code,pre{background:#22252a}a{color:#7ab7ff}}\n";

void append(const MD_CHAR* text, MD_SIZE size, void* to) {
  static_cast<std::string*>(to)->append(text, size);
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

std::string html_page(std::string_view title, std::string_view markdown) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n"
      "<body>\n{}</body>\n</html>\n",
      html_text(title), kStyle, html_of_markdown(markdown));
}

}  // namespace rnnbench
