#include "results/serve/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "results/query/number_text.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kLongText = 48;  // bytes; what is longer is broken into lines

struct NavigationEntry {
  const char* address;
  const char* name;
};
constexpr std::array<NavigationEntry, 7> kNavigation = {{{"/", "Start"},
                                                         {"/runs", "Runs"},
                                                         {"/compare", "Compare"},
                                                         {"/claims", "Claims"},
                                                         {"/figures", "Figures"},
                                                         {"/sql", "SQL"},
                                                         {"/review", "Try a review"}}};

bool is_number(const TableCell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

/// Whether the column holds numbers, so that it is set to the right.
bool is_numeric(const Table& table, std::size_t column) {
  bool any = false;
  for (const auto& row : table.rows) {
    if (std::holds_alternative<std::monostate>(row[column])) continue;
    if (!is_number(row[column])) return false;
    any = true;
  }
  return any;
}

std::string heading_cell(const std::string& column, bool numeric, const TableView& view) {
  const std::string_view sorted(view.sorted_by);
  const bool down = sorted == column + ":desc", up = sorted == column;
  const std::string state = up ? " aria-sort=\"ascending\"" : down ? " aria-sort=\"descending\"" : "";
  const std::string address = view.sort ? view.sort(column) : "";
  return fmt::format("<th scope=\"col\"{}{}>{}</th>", numeric ? " class=\"number\"" : "", state,
                     address.empty() ? escaped(column)
                                     : link(address, column + (up     ? " ▲"
                                                               : down ? " ▼"
                                                                      : "")));
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string html;
  for (const char character : visible_text(text)) {
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
      case '\'':
        html += "&#39;";
        break;
      default:
        html += character;
    }
  }
  return html;
}

std::string link(const std::string& address, std::string_view text) {
  return fmt::format("<a href=\"{}\">{}</a>", escaped(address), escaped(text));
}

std::string cell_text(const TableCell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&cell)) return short_number(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* blob = std::get_if<Blob>(&cell)) return fmt::format("<{} bytes>", blob->bytes.size());
  return "–";
}

std::string html_table(const Table& table, const TableView& view) {
  std::vector<bool> numeric;
  std::string head;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    numeric.push_back(is_numeric(table, c));
    head += heading_cell(table.columns[c], numeric[c], view);
  }
  std::string body;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    body += "<tr>";
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
      std::string html = view.html ? view.html(r, c) : "";
      const bool is_long = html.empty() && cell_text(table.rows[r][c]).size() > kLongText;
      if (html.empty()) html = escaped(cell_text(table.rows[r][c]));
      body += fmt::format("<td{}>{}</td>",
                          numeric[c] ? " class=\"number\""
                          : is_long  ? " class=\"long\""
                                     : "",
                          html);
    }
    body += "</tr>\n";
  }
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{0}\"><table{1}><caption>{0}</caption>"
      "<thead><tr>{2}</tr></thead>\n<tbody>{3}</tbody></table></div>\n",
      escaped(view.caption), view.sorts_in_page ? " class=\"sortable\"" : "", head, body);
}

std::string page_of(const std::string& title, const std::string& active, const std::string& html,
                    const std::string& head) {
  std::string navigation;
  for (const auto& [address, name] : kNavigation) {
    navigation += fmt::format("<li><a href=\"{}\"{}>{}</a></li>", address,
                              active == address ? " aria-current=\"page\"" : "", name);
  }
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0} – "
      "rnnbench</title>\n"
      "<link rel=\"stylesheet\" href=\"/assets/style.css\">\n<link rel=\"icon\" "
      "href=\"/assets/icon.svg\">\n{1}"
      "<script src=\"/assets/table_sort.js\" defer></script>\n<script src=\"/assets/page.js\" "
      "defer></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To "
      "the "
      "content</a>\n<header><nav aria-label=\"Pages\"><ul>{2}</ul></nav></header>\n<main "
      "id=\"main\">\n<h1>{0}</h1>\n"
      "{3}</main>\n</body>\n</html>\n",
      escaped(title), head, navigation, html);
}

std::string chart_head() {
  return "<link rel=\"stylesheet\" href=\"/assets/dygraph.css\">\n<script src=\"/assets/dygraph.min.js\" "
         "defer></script>\n";
}

std::string escaped_lines(std::string_view text) {
  std::string html = "\n";  // the first line end of such an element isn't shown
  while (true) {
    const std::size_t end = text.find('\n');
    html += escaped(text.substr(0, end));
    if (end == std::string_view::npos) return html;
    html += "\n";
    text.remove_prefix(end + 1);
  }
}

}  // namespace rnnbench
