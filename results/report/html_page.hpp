#pragma once

#include <map>
#include <string>
#include <string_view>

namespace rnnbench {

/// A Markdown page (CommonMark with tables) as one HTML file that loads nothing else: tables are sorted in
/// it, and an image whose address `svgs` has is drawn by that SVG. Raw HTML in it is shown as text.
std::string html_page(std::string_view title, std::string_view markdown,
                      const std::map<std::string, std::string>& svgs = {});

/// The same without the page around it.
std::string html_of_markdown(std::string_view markdown);

/// A text as HTML shows it, inert in elements and attributes.
std::string html_text(std::string_view text);

}  // namespace rnnbench
