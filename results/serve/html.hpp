#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "results/query/table.hpp"
#include "results/serve/web.hpp"

namespace rnnbench {

/// Pieces of pages. Texts are escaped here and nowhere else: what is named html is markup already.

/// The text with & < > " ' as entities, control characters made visible.
std::string escaped(std::string_view text);

/// `<a href="address">text</a>`
std::string link(const std::string& address, std::string_view text);

/// A cell as people read it: "–" where there is nothing, six digits of a number.
std::string cell_text(const TableCell& cell);

/// How a table is shown.
struct TableView {
  std::string caption;
  /// Markup of a cell that isn't just its text, by column and row; "": as it is.
  std::function<std::string(std::size_t row, std::size_t column)> html = {};
  /// Address that sorts by a column; "": it can't be sorted by the server.
  std::function<std::string(const std::string& column)> sort = {};
  std::string sorted_by;       ///< "test_accuracy:desc"
  bool sorts_in_page = false;  ///< by a script, where one may run
};

/// A table that scrolls by itself where the page is narrow.
std::string html_table(const Table& table, const TableView& view = {});

/// The whole page: head, navigation, heading, `html`.
std::string page_of(const std::string& title, const std::string& active, const std::string& html,
                    const std::string& head = {});

/// What a page with charts needs in its head.
std::string chart_head();

/// A text of several lines, escaped, its line ends kept; for <pre> and <textarea>.
std::string escaped_lines(std::string_view text);

}  // namespace rnnbench
