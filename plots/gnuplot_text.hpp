#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

/// Any text as a gnuplot literal in double quotes with every character that could mean something to
/// gnuplot (quotes, backquotes, backslashes, macros' @ …) as its octal escape, which gnuplot resolves last.
/// Doubled single quotes are no way: gnuplot 5.4 ends a literal that begins with one. Control
/// characters and bytes that are no UTF-8 are shown as in plain_text.hpp. What enhanced mode would interpret
/// (_ ^ { } @ &) is inert because the terminals run without it.
std::string gnuplot_quoted(std::string_view text);

/// The same for the label of a tick, which gnuplot takes for a number format: % is doubled.
std::string gnuplot_tick_quoted(std::string_view text);

/// The visible words of `text` in lines of at most `width` characters, broken at blanks; a longer word is
/// shortened.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The visible text (plain_text.hpp), at most `width` characters of it; what is longer ends in "…".
std::string shortened(std::string_view text, std::size_t width);

}  // namespace rnnbench
