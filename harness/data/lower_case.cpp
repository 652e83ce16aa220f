#include "harness/data/lower_case.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace rnnbench {
namespace {

constexpr std::size_t kBlock = 32;

bool all_ascii(const char* block) {
  std::array<std::uint64_t, kBlock / 8> words;
  std::memcpy(words.data(), block, kBlock);
  return ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080U) == 0;
}

char lower_ascii(char c) { return static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0)); }

/// Appends the lower case of the code point at the front of `text`; returns the bytes read.
std::size_t lower_one(std::string_view text, std::string& out) {
  utf8proc_int32_t code = 0;
  const utf8proc_ssize_t read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                 static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (read <= 0) {
    out.push_back(text.front());
    return 1;
  }
  std::array<utf8proc_uint8_t, 4> bytes;
  const utf8proc_ssize_t written = utf8proc_encode_char(utf8proc_tolower(code), bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(written));
  return static_cast<std::size_t>(read);
}

}  // namespace

void lower_case(std::string_view text, std::string& out) {
  out.clear();
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= kBlock && all_ascii(text.data() + at)) {
      std::array<char, kBlock> block;
      for (std::size_t i = 0; i < kBlock; ++i) block[i] = lower_ascii(text[at + i]);
      out.append(block.data(), kBlock);
      at += kBlock;
    } else if (static_cast<unsigned char>(text[at]) < 0x80) {
      out.push_back(lower_ascii(text[at++]));
    } else {
      at += lower_one(text.substr(at), out);
    }
  }
}

}  // namespace rnnbench
