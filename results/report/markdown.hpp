#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

/// Any text as plain words of a Markdown page: characters that Markdown, its tables or HTML would
/// interpret are escaped, line ends become spaces, what could act on a terminal is shown as in
/// plain_text.hpp.
std::string markdown_text(std::string_view text);

/// The same, but what stands between two backticks on it, a command to give, is code.
std::string markdown_words(std::string_view text);

/// Any text as a code block with a fence that nothing within it can close.
std::string markdown_code(std::string_view text, std::string_view language);

/// A table; cells are Markdown already. Columns from `first_number` on are aligned to the right.
class MarkdownTable {
 public:
  MarkdownTable(std::vector<std::string> columns, std::size_t first_number);
  void add(std::vector<std::string> cells);
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::size_t first_number_;
};

}  // namespace rnnbench
