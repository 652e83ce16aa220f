#include "plots/gnuplot_text.hpp"

#include <fmt/format.h>

#include <cctype>
#include <sstream>

#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

/// Punctuation without a meaning to gnuplot within double quotes.
constexpr std::string_view kPlain = " ,.:;-+=()/";

}  // namespace

std::string gnuplot_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : visible_text(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || std::isalnum(byte) != 0 || kPlain.find(c) != std::string_view::npos;
    quoted += plain ? std::string(1, c) : fmt::format("\\{:03o}", byte);
  }
  return quoted + "\"";
}

std::string gnuplot_tick_quoted(std::string_view text) {
  std::string doubled;
  for (const char c : text) doubled += c == '%' ? std::string("%%") : std::string(1, c);
  return gnuplot_quoted(doubled);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    word = shortened(word, width);
    if (!lines.empty() && display_width(lines.back()) + 1 + display_width(word) <= width) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

std::string shortened(std::string_view text, std::size_t width) {
  return cut_to_width(visible_text(text), width);
}

}  // namespace rnnbench
