#include "harness/runner/shard.hpp"

#include <fmt/format.h>

#include <charconv>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// The number that the text is, digits only; 0 for anything else.
int whole_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size() && text.front() != '-';
  return is_whole ? number : 0;
}

}  // namespace

Shard parse_shard(const std::string& text, const std::string& place) {
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const std::string_view whole = text;
    const Shard shard{whole_number(whole.substr(0, slash)), whole_number(whole.substr(slash + 1))};
    if (1 <= shard.index && shard.index <= shard.count && shard.count <= kMostShards) return shard;
  }
  throw ConfigError(fmt::format(
      "{} '{}': expected the part and how many there are, e.g. 3/8: the third of eight, of at most {}", place,
      text, kMostShards));
}

}  // namespace rnnbench
