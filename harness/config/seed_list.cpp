#include "harness/config/seed_list.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <string_view>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::uint64_t kMostSeeds = 100'000;

[[noreturn]] void fail(const std::string& place, const std::string& what) {
  throw ConfigError(fmt::format("{}: {}; write them as 1..5 or 1,2,7", place, what));
}

std::uint64_t parse_seed(std::string_view part, const std::string& place) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), seed);
  if (part.empty() || error != std::errc() || end != part.data() + part.size() || seed > kLargestSeed) {
    fail(place, fmt::format("'{}' is no whole number from 0 to {}", part, kLargestSeed));
  }
  return seed;
}

void add_range(std::vector<std::uint64_t>& seeds, std::string_view part, const std::string& place) {
  const std::size_t dots = part.find("..");
  const std::uint64_t first = parse_seed(part.substr(0, dots), place);
  const std::uint64_t last =
      dots == std::string_view::npos ? first : parse_seed(part.substr(dots + 2), place);
  if (last < first) fail(place, fmt::format("the range {} runs backwards", part));
  if (last - first >= kMostSeeds - seeds.size()) fail(place, fmt::format("more than {} seeds", kMostSeeds));
  for (std::uint64_t seed = first; seed <= last; ++seed) seeds.push_back(seed);
}

}  // namespace

std::vector<std::uint64_t> parse_seeds(const std::string& text, const std::string& place) {
  std::vector<std::uint64_t> seeds;
  std::string_view rest = text;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    more = comma != std::string_view::npos;
    add_range(seeds, rest.substr(0, comma), place);
    if (more) rest.remove_prefix(comma + 1);
  }
  if (const auto* twice = repeated_seed(seeds)) fail(place, fmt::format("seed {} is given twice", *twice));
  return seeds;
}

const std::uint64_t* repeated_seed(const std::vector<std::uint64_t>& seeds) {
  std::set<std::uint64_t> seen;
  for (const std::uint64_t& seed : seeds) {
    if (!seen.insert(seed).second) return &seed;
  }
  return nullptr;
}

}  // namespace rnnbench
