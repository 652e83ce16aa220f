#include "harness/core/plain_name.hpp"

namespace rnnbench {
namespace {

bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
}

}  // namespace

std::string plain_name(std::string_view text, std::size_t most) {
  std::string name(text.substr(0, most));
  for (char& letter : name) letter = is_plain(letter) ? letter : '_';
  return name;
}

}  // namespace rnnbench
