#pragma once

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

namespace rnnbench {

/// The number that a text of digits alone is; nothing for any other, or one of more than `most` digits.
inline std::optional<long> digits(const std::string& text, std::size_t most) {
  const bool is_number = !text.empty() && text.size() <= most &&
                         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
  return is_number ? std::optional(std::stol(text)) : std::nullopt;
}

}  // namespace rnnbench
