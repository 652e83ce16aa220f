#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rnnbench {

/// The text with everything that could act on a terminal made visible: control and format characters
/// (escapes, line ends, direction marks) as \n, \t, \x1b or \u202e, bytes that are no UTF-8 as \xff.
/// Anything else stays.
std::string visible_text(std::string_view text);

/// Columns that a visible text takes on a terminal: two for wide characters, none for combining ones.
std::size_t display_width(std::string_view visible);

/// At most `width` columns of a visible text, the last one … where something was cut.
std::string cut_to_width(std::string_view visible, std::size_t width);

}  // namespace rnnbench
