#include "results/query/plain_text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

namespace rnnbench {
namespace {

struct Character {
  std::string_view bytes;
  utf8proc_int32_t code = -1;  // -1: a byte that is no UTF-8
};

Character first_character(std::string_view text) {
  utf8proc_int32_t code = -1;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (length <= 0) return {text.substr(0, 1), -1};
  return {text.substr(0, static_cast<std::size_t>(length)), code};
}

template <typename Visit>
void for_each_character(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!visit(character)) return;
    text.remove_prefix(character.bytes.size());
  }
}

bool acts_on_terminals(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CS:
      return true;
    default:
      return false;
  }
}

std::string escaped(const Character& character) {
  if (character.code == '\n') return "\\n";
  if (character.code == '\t') return "\\t";
  if (character.code == '\r') return "\\r";
  if (character.code < 0) return fmt::format("\\x{:02x}", static_cast<unsigned char>(character.bytes[0]));
  if (character.code < 0x100) return fmt::format("\\x{:02x}", character.code);
  return fmt::format("\\u{:04x}", character.code);
}

std::size_t width_of(const Character& character) {
  return character.code < 0 ? 1 : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(character.code)));
}

/// Most texts: each byte is a character that is one column wide and acts on nothing.
bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return byte >= ' ' && byte <= '~'; });
}

}  // namespace

std::string visible_text(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string visible;
  visible.reserve(text.size());
  for_each_character(text, [&](const Character& character) {
    if (character.code < 0 || acts_on_terminals(character.code)) {
      visible += escaped(character);
    } else {
      visible += character.bytes;
    }
    return true;
  });
  return visible;
}

std::size_t display_width(std::string_view visible) {
  if (is_printable_ascii(visible)) return visible.size();
  std::size_t width = 0;
  for_each_character(visible, [&](const Character& character) {
    width += width_of(character);
    return true;
  });
  return width;
}

std::string cut_to_width(std::string_view visible, std::size_t width) {
  if (visible.size() <= width || display_width(visible) <= width) return std::string(visible);
  std::string kept;
  std::size_t used = 0;
  for_each_character(visible, [&](const Character& character) {
    used += width_of(character);
    if (used >= width) return false;
    kept += character.bytes;
    return true;
  });
  return kept + "…";
}

}  // namespace rnnbench
