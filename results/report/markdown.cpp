#include "results/report/markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "results/query/plain_text.hpp"

namespace rnnbench {

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_[]#!|~$:@";
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  std::string escaped;
  for (const char c : visible_text(line)) {
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '&') {
      escaped += "&amp;";
    } else {
      if (kSpecial.find(c) != std::string_view::npos) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string markdown_words(std::string_view text) {
  std::string words;
  for (;;) {
    const std::size_t begin = text.find('`');
    const std::size_t end = begin == text.npos ? text.npos : text.find('`', begin + 1);
    if (end == text.npos || end == begin + 1) return words + markdown_text(text);
    words += fmt::format("{}`{}`", markdown_text(text.substr(0, begin)),
                         visible_text(std::string(text.substr(begin + 1, end - begin - 1))));
    text.remove_prefix(end + 1);
  }
}

std::string markdown_code(std::string_view text, std::string_view language) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<std::size_t>(3, longest + 1), '`');
  std::string block = fence + std::string(language) + "\n" + std::string(text);
  if (!block.ends_with('\n')) block += '\n';
  return block + fence + "\n";
}

MarkdownTable::MarkdownTable(std::vector<std::string> columns, std::size_t first_number)
    : rows_{std::move(columns)}, first_number_(first_number) {}

void MarkdownTable::add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

std::string MarkdownTable::text() const {
  std::string text;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (const std::string& cell : rows_[row]) text += "| " + cell + " ";
    text += "|\n";
    if (row > 0) continue;
    for (std::size_t column = 0; column < rows_[0].size(); ++column) {
      text += column < first_number_ ? "|---" : "|---:";
    }
    text += "|\n";
  }
  return text;
}

}  // namespace rnnbench
